package io.landfall.config;

import java.util.List;
import java.util.Map;

/** Where configuration comes from before it is a snapshot: Apollo, a directory. Implementations are safe for several threads. */
public interface ConfigurationSource {

    /**
     * Reads all of it, once and in one state.
     *
     * @throws SnapshotException if something is wrong with it: everything at once
     * @throws UnavailableException if the source does not answer, after the retries that are its own
     */
    Reading read();

    /** Where that is, for logs: without user, password or query. */
    String describe();

    /**
     * What was read.
     *
     * @param files one for each namespace or file
     * @param state what identifies this state of the source, for instance release keys
     */
    record Reading(List<SnapshotFile> files, Map<String, String> state) {

        /** Copies. */
        public Reading {
            files = List.copyOf(files);
            state = Map.copyOf(state);
        }
    }
}
