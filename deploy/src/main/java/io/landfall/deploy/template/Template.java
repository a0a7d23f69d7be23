package io.landfall.deploy.template;

import io.landfall.deploy.application.ApplicationType;

/**
 * Makes objects of applications of one type. One of a team's own is a folder, or is found by the {@code ServiceLoader}. For several
 * threads.
 */
public interface Template {

    /** Which type, with the parameters that it takes. */
    ApplicationType type();

    /**
     * Renders an application. A pure function: the same request gives the same objects.
     *
     * <p>The workload's pods need not have what {@link Templates} adds: labels, the downward API, the external address, the configuration.
     *
     * @throws io.landfall.deploy.RefusedException if the request makes no sense for this type: all reasons
     */
    Rendered render(RenderRequest request);
}
