package io.landfall.deploy.report;

import java.util.Locale;

/** Where a release is, in a word. */
public enum State {
    /** It is in the cluster, and no engine has begun it. */
    ACCEPTED,
    /** It goes on by itself. */
    RUNNING,
    /** A batch is ready, and a person admits the next one. */
    WAITING,
    /** A person stopped it, and it goes on when one says so. */
    PAUSED,
    /** Something failed, and a person says what becomes of it. */
    HELD,
    /** All pods have what was wanted. */
    DONE,
    /** All pods have again what they had before. */
    ROLLED_BACK,
    /** A person ended it half way. */
    STAYED,
    /** It was not begun. */
    REFUSED;

    /** Whether nothing more comes of it. */
    public boolean ended() {
        return compareTo(DONE) >= 0;
    }

    /** Whether nothing happens until a person says something. */
    public boolean needsPerson() {
        return this == WAITING || this == PAUSED || this == HELD;
    }

    /** As it is written: {@code rolled-back}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
