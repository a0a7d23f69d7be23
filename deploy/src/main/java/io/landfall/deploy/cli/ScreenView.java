package io.landfall.deploy.cli;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.report.ReleaseStatus;
import io.landfall.deploy.report.StatusText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Sized;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** A picture that changes in place, for somebody at a terminal. */
final class ScreenView implements ProgressView {

    private final Terminal terminal;
    private final Display display;
    private final LinesView after;

    private ScreenView(Terminal terminal, LinesView after) {
        this.terminal = terminal;
        this.after = after;
        this.display = new Display(terminal, false);
    }

    /** Empty where there is no terminal, or one that can move no cursor. */
    static Optional<ProgressView> open(LinesView otherwise) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .dumb(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
                    || terminal.getSize().getColumns() == 0) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(new ScreenView(terminal, otherwise));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public void show(ReleaseStatus status, Instant now) {
        List<String> lines = new ArrayList<>(StatusText.full(status));
        lines.add("  "
                + Bar.of(
                        status.pods().ready(),
                        status.pods().updated(),
                        status.pods().wanted()));
        draw(lines);
    }

    private void draw(List<String> lines) {
        Sized size = terminal.getSize();
        int width = Math.max(1, size.getColumns() - 1);
        int height = Math.max(1, size.getRows() - 1);
        display.resize(size);
        display.update(
                lines.stream()
                        .limit(height)
                        .map(line -> new AttributedString(line).columnSubSequence(0, width))
                        .toList(),
                -1);
        terminal.flush();
    }

    @Override
    public void lost(ReleaseOrder order) {
        after.lost(order);
    }

    @Override
    public void timedOut(ReleaseOrder order) {
        after.timedOut(order);
    }

    /** The last picture stays, and what follows is below it. */
    @Override
    public void close() {
        try {
            terminal.writer().println();
            terminal.flush();
            terminal.close();
        } catch (IOException e) {
            // the terminal has gone, and nobody reads this
        }
    }
}
