package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.EngineRole;
import java.util.Locale;

/** Who needs rights. */
enum Account {
    /** Whoever carries releases out: an engine, or somebody who waits where none runs. */
    ENGINE,
    /** Whoever orders them, and says how they go on. */
    CLI;

    EngineRole role() {
        return this == ENGINE ? EngineRole.ENGINE : EngineRole.CLI;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
