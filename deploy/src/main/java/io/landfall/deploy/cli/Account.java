package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.EngineRole;
import java.util.Locale;

/** Who needs rights. */
enum Account {
    /** Whoever carries releases out: an engine, or somebody who waits where none runs. */
    ENGINE(EngineRole.ENGINE),
    /** Whoever orders them, and says how they go on. */
    CLI(EngineRole.CLI);

    private final EngineRole role;

    Account(EngineRole role) {
        this.role = role;
    }

    EngineRole role() {
        return role;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
