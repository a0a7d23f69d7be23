package io.landfall.examples.load.http;

import io.landfall.examples.load.LossNames;

/** An answer without success is a lost call, by its status: {@code HTTP/503}. */
final class HttpLossNames implements LossNames {

    @Override
    public String nameOf(Throwable failure) {
        return LossNames.rootCause(failure) instanceof HttpStatusException refused
                ? "HTTP/" + refused.status()
                : LossNames.ROOT_CAUSE.nameOf(failure);
    }
}
