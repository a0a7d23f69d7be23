package io.landfall.deploy.cluster;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.List;

/** The record of an order that was damaged, or that another version of Landfall wrote. What it may have said is not guessed. */
public final class UnreadableOrderException extends RefusedException {

    private static final long serialVersionUID = 1L;

    UnreadableOrderException(String name, String problem) {
        super(List.of(new Violation(
                "ConfigMap " + name,
                "the release order in it cannot be read: " + problem,
                "mend it, or use the Landfall that wrote it; if its release is over, delete it")));
    }
}
