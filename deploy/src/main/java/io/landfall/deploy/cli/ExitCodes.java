package io.landfall.deploy.cli;

import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.State;

/** What the program ends with. */
final class ExitCodes {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int ROLLED_BACK = 3;
    static final int NEEDS_PERSON = 4;
    static final int TIMED_OUT = 5;
    static final int UNAVAILABLE = 6;

    private ExitCodes() {}

    /** Of a release that stands still; what was asked for is done, whatever it was. */
    static int of(ReleaseStatus status, Result asked) {
        State state = status.state();
        if (status.outcome().filter(outcome -> outcome.result() == asked).isPresent()) {
            return DONE;
        }
        return switch (state) {
            case DONE -> DONE;
            case ROLLED_BACK -> ROLLED_BACK;
            case REFUSED -> REFUSED;
            default -> NEEDS_PERSON;
        };
    }
}
