package io.landfall.deploy;

/** What an instance of CAT does beside taking messages. */
public enum Role {
    /** Merges reports of days, weeks and months. CAT wants exactly one. */
    JOB,
    /** Evaluates the rules of alarms. CAT supports one at most. */
    ALARM,
    /** Sends the alarms that were found. */
    SEND,
    /**
     * Shows reports to people. Every instance of CAT can; one with this role is what people are sent to, and clients send messages
     * to the others, so that neither slows the other down.
     */
    CONSOLE
}
