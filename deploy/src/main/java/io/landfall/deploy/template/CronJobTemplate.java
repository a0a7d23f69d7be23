package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.Parameter;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.template.RenderRequest.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Pods that run at times. */
final class CronJobTemplate implements Template {

    private static final String SCHEDULE = "schedule";
    private static final String OVERLAP = "overlap";
    private static final String LATEST_START = "latest-start";
    private static final String DEADLINE = "deadline";
    private static final String RETRIES = "retries";
    private static final String KEPT = "kept";
    private static final Pattern CRON = Pattern.compile(
            "@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[0-9A-Za-z*/,?-]+( +[0-9A-Za-z*/,?-]+){4}");

    private final ApplicationType type = new ApplicationType("cron-job", Workload.CRON_JOB, parameters());

    private static List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(CommonParameters.ofPods());
        parameters.addAll(List.of(
                Parameter.required(SCHEDULE, Parameter.Type.STRING, "when it runs, as cron has it: \"30 2 * * *\""),
                Parameter.choice(
                        OVERLAP,
                        "what happens when the run before still runs: this one is left out, both run, or it takes its place",
                        "Forbid",
                        "Allow",
                        "Replace"),
                // Below ten seconds the controller may miss every start.
                Parameter.of(
                        LATEST_START, Parameter.Type.DURATION, "20m", "how late a run may start until it is left out"),
                Parameter.of(DEADLINE, Parameter.Type.DURATION, "1h", "how long a run may take until it is ended"),
                Parameter.of(RETRIES, Parameter.Type.INTEGER, "0", "how often a run that failed is tried again"),
                Parameter.of(
                        KEPT,
                        Parameter.Type.INTEGER,
                        "3",
                        "how many runs that succeeded, and how many that failed, are kept")));
        return List.copyOf(parameters);
    }

    @Override
    public ApplicationType type() {
        return type;
    }

    @Override
    public Rendered render(RenderRequest request) {
        String schedule = request.environment().parameters().text(SCHEDULE).orElse("");
        if (!CRON.matcher(schedule).matches()) {
            throw new RefusedException(List.of(new Violation(
                    request.application().source().file() + " environment "
                            + request.environment().name() + ", key parameters." + SCHEDULE,
                    "'" + schedule + "' is no schedule",
                    "write minute, hour, day, month and day of the week: \"30 2 * * *\"")));
        }
        PodTemplate pods = new PodTemplate(request, Map.of());
        List<HasMetadata> first =
                pods.files().configMap().map(List::<HasMetadata>of).orElse(List.of());
        CronJob job = cronJob(request, pods, schedule);
        return new Rendered(first, request.served() == Served.CURRENT ? job : beta(job));
    }

    private static CronJob cronJob(RenderRequest request, PodTemplate pods, String schedule) {
        ParameterValues parameters = request.environment().parameters();
        return new CronJobBuilder()
                .withMetadata(Keys.metadata(request, request.name()))
                .withNewSpec()
                .withSchedule(schedule)
                .withConcurrencyPolicy(parameters.text(OVERLAP).orElse(null))
                .withStartingDeadlineSeconds(parameters.duration(LATEST_START).toSeconds())
                .withSuccessfulJobsHistoryLimit(parameters.integer(KEPT))
                .withFailedJobsHistoryLimit(parameters.integer(KEPT))
                .withNewJobTemplate()
                .withNewSpec()
                .withBackoffLimit(parameters.integer(RETRIES))
                .withActiveDeadlineSeconds(parameters.duration(DEADLINE).toSeconds())
                .withTemplate(pods.ending())
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /** The fields are the same. */
    private static HasMetadata beta(CronJob job) {
        job.setApiVersion("batch/v1beta1");
        return Serialization.unmarshal(
                Serialization.asJson(job), io.fabric8.kubernetes.api.model.batch.v1beta1.CronJob.class);
    }
}
