package io.landfall.deploy.cli;

import java.util.Optional;

/** An engine for as long as somebody waits and no other one is there. */
final class Substitute implements AutoCloseable {

    private final ReleaseDesk desk;
    private Optional<ReleaseDesk.Driving> driving = Optional.empty();

    Substitute(ReleaseDesk desk) {
        this.desk = desk;
    }

    /** Also of an engine that dies while it is waited for. */
    void standIn() {
        if (driving.isEmpty() && desk.engine().isEmpty()) {
            driving = Optional.of(desk.drive());
        }
    }

    @Override
    public void close() {
        driving.ifPresent(ReleaseDesk.Driving::close);
    }
}
