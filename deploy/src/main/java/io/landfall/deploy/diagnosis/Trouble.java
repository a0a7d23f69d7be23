package io.landfall.deploy.diagnosis;

/**
 * Why something is not ready.
 *
 * @param kind what sort of reason
 * @param subject a pod's name, or {@code Deployment shop} where no pod could be made
 * @param sentence the reason, in one line, without secrets as far as they can be told
 * @param remedy what to do, or whom to ask
 */
public record Trouble(Kind kind, String subject, String sentence, String remedy) {

    /** What sort of reason. */
    public enum Kind {
        /** Nothing is wrong so far: it takes its time. */
        STARTING,
        /** The image cannot be had. */
        IMAGE,
        /** Something that it names is not there, or the container cannot be made from what it says. */
        CONFIGURATION,
        /** A container ended. */
        CRASH,
        /** A container ends again and again, and waits before the next time. */
        CRASH_LOOP,
        /** A probe gets no good answer. */
        PROBE,
        /** No node can take it. */
        UNSCHEDULABLE,
        /** The namespace's quota is used up. */
        QUOTA,
        /** A rule of the cluster does not allow it. */
        REFUSED,
        /** A volume cannot be mounted. */
        VOLUME,
        /** The node cannot connect it to the network. */
        NETWORK,
        /** Its node no longer answers. */
        NODE_LOST,
        /** Its node threw it out, or did not take it. */
        EVICTED,
        /** It was told to go and is still there. */
        TERMINATING,
        /** It runs, and something else says that it is not ready. */
        NOT_READY
    }

    @Override
    public String toString() {
        return subject + ": " + sentence + "; " + remedy;
    }
}
