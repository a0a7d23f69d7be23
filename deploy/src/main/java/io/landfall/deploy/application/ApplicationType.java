package io.landfall.deploy.application;

import java.util.List;

/**
 * What kind of application it is.
 *
 * @param name as files have it: {@code dubbo-provider}
 * @param workload what its template makes of it
 * @param parameters that its template takes
 */
public record ApplicationType(String name, Workload workload, List<Parameter> parameters) {

    /** Copies the list. */
    public ApplicationType {
        parameters = List.copyOf(parameters);
    }

    /** What is rendered. */
    public enum Workload {
        /** Pods that are alike. */
        DEPLOYMENT,
        /** Pods with names and volumes of their own. */
        STATEFUL_SET,
        /** Pods that run at times, and end. */
        CRON_JOB
    }
}
