package io.landfall.deploy.cli;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.report.ReleaseStatus;
import java.time.Instant;
import picocli.CommandLine;

/** Shows a release as it goes. */
interface ProgressView extends AutoCloseable {

    /** The one that fits: documents for scripts, a picture in a terminal, lines elsewhere. */
    static ProgressView of(OutputOption output, WaitOptions waiting, CommandLine command) {
        if (output.json()) {
            return new DocumentView(command.getOut());
        }
        LinesView lines = new LinesView(command.getOut(), command.getErr());
        return waiting.plain() ? lines : ScreenView.open(lines).orElse(lines);
    }

    /** It is like this now; what was shown before is not shown again. */
    void show(ReleaseStatus status, Instant now);

    /** It is no more: another order took its place. */
    void lost(ReleaseOrder order);

    /** Nobody waits any longer. */
    void timedOut(ReleaseOrder order);

    @Override
    void close();
}
