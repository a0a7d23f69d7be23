package io.landfall.shutdown.dubbo;

import org.apache.dubbo.rpc.Result;

/**
 * The word on an answer that says: whoever gave it is leaving, and others behind the same address are not.
 *
 * <p>It is an attachment of the result, which triple sends as a trailer. Stock consumers pass it over.
 */
public final class DrainMark {

    private static final String KEY = "landfall-drain";
    private static final String LEAVING = "leaving";

    private DrainMark() {}

    /** Marks an answer. */
    static void put(Result answer) {
        answer.setAttachment(KEY, LEAVING);
    }

    /** Whether the provider that gave this answer is leaving. */
    public static boolean isOn(Result answer) {
        return LEAVING.equals(answer.getAttachment(KEY));
    }
}
