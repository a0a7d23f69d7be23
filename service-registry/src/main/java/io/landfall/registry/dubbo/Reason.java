package io.landfall.registry.dubbo;

/**
 * Why a registry did not do what it was asked to, in words of ours: Dubbo's own quote the URLs of the registry and of the
 * provider, with every password and token that is in them.
 */
final class Reason {

    /** More than any chain of causes has, unless it is a circle. */
    private static final int DEEPEST = 20;

    private Reason() {}

    /** For a log, or for a message of an exception of ours. */
    static String of(Throwable failure) {
        Throwable root = root(failure);
        String type = root.getClass().getSimpleName();
        return switch (type) {
            case "NoAuthException" ->
                "it refuses to be written to (" + type
                        + "): let this application's user create and delete nodes below its root";
            case "NotReadOnlyException" -> "it is read-only (" + type + ")";
            case "ConnectionLossException",
                    "CuratorConnectionLossException",
                    "OperationTimeoutException",
                    "SessionExpiredException" -> "it cannot be reached (" + type + ")";
            // A server's answer to an entry, or that there is none: it knows no URL of ours.
            case "NacosException" -> "it says: " + root.getMessage();
            default -> type + ", of which Dubbo's own log says more";
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < DEEPEST && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
