package io.landfall.config.apollo.client;

import io.landfall.config.LiveSnapshot;

/** What Apollo's client reads in this process: nothing of Landfall, until a snapshot is put in use or found in the pod. */
public final class ClientSnapshot {

    /**
     * The system property that leaves the client to Apollo with the value {@code false}, although a snapshot is mounted; the variable
     * {@code LANDFALL_CONFIG_APOLLO} does so too. {@link #use} is obeyed whatever it says.
     */
    public static final String SWITCH = "landfall.config.apollo";

    /** One, because Apollo's client is. */
    static final SnapshotInUse PROCESS = new SnapshotInUse(MountedSnapshot.ofProcess());

    private ClientSnapshot() {}

    /**
     * Has the client read this, now and at each revision, instead of its server and of what was in use before. Namespaces that were
     * read from another snapshot change to this one's values, and their listeners hear of each key that differs.
     *
     * @return ends the following: the client keeps what it has, and reads further namespaces from the same files
     * @throws IllegalStateException if the client has read a namespace from its server already: two versions would be mixed
     * @throws io.landfall.config.SnapshotException if a file of a namespace that was read before cannot be parsed: all of them
     */
    public static Runnable use(LiveSnapshot live) {
        return PROCESS.use(live);
    }
}
