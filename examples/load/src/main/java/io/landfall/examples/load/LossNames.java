package io.landfall.examples.load;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Gives a failed call the name it is counted under. */
@FunctionalInterface
public interface LossNames {

    /** The class at the root of the failure. */
    LossNames ROOT_CAUSE = failure -> rootCause(failure).getClass().getSimpleName();

    /** A short name with few values, such as {@code RpcException/TIMEOUT}: never a message with an address in it. */
    String nameOf(Throwable failure);

    /** Follows causes to the last one. */
    static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** Takes off what {@code CompletableFuture} wraps around a failure. */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
