package io.landfall.config.apollo;

import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;

/** Apollo is not in the state any more that was being read: read again. */
final class ChangedException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    ChangedException(Violation violation) {
        super("Apollo", violation, null);
    }
}
