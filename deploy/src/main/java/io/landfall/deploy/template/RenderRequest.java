package io.landfall.deploy.template;

import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.image.ImageReference;
import java.util.Optional;

/**
 * What is rendered.
 *
 * @param application which
 * @param environment of it, for which
 * @param image that runs, with tag or digest
 * @param commit that the image was made of; empty: nobody knows
 * @param snapshot of its configuration; empty: none is mounted
 * @param served what the cluster serves
 */
public record RenderRequest(
        Application application,
        Environment environment,
        ImageReference image,
        Optional<String> commit,
        Optional<SnapshotMount> snapshot,
        Served served) {

    /** What the cluster serves. */
    public enum Served {
        /** {@code batch/v1} has CronJobs: Kubernetes 1.21 and later. */
        CURRENT,
        /** Only {@code batch/v1beta1} has: Kubernetes 1.20. */
        CRON_JOB_BETA
    }

    /** Without a snapshot, for a current cluster. */
    public static RenderRequest of(Application application, Environment environment, ImageReference image) {
        return new RenderRequest(application, environment, image, Optional.empty(), Optional.empty(), Served.CURRENT);
    }

    /** The same with a snapshot. */
    public RenderRequest with(SnapshotMount mounted) {
        return new RenderRequest(application, environment, image, commit, Optional.of(mounted), served);
    }

    /** The same, of a commit. */
    public RenderRequest madeOf(String revision) {
        return new RenderRequest(application, environment, image, Optional.of(revision), snapshot, served);
    }

    /** The same for another cluster. */
    public RenderRequest on(Served cluster) {
        return new RenderRequest(application, environment, image, commit, snapshot, cluster);
    }

    /** The application's name. */
    String name() {
        return application.name();
    }
}
