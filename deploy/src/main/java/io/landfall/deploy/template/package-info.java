/**
 * Makes objects of Kubernetes of an application: what is applied first, and the workload.
 *
 * <p>A {@link io.landfall.deploy.template.Template} belongs to a type of application. {@link io.landfall.deploy.template.Templates} has those
 * of the house, those that the {@code ServiceLoader} finds, and a team's own: a folder with {@code template.yaml} and manifests. Rendering
 * asks no clock, no cluster and no file: the same request gives the same bytes.
 *
 * <p>Whoever wrote the template, its pods get what the modules of the house look for: the downward API, the external address, the
 * configuration, the time to drain.
 */
@NullMarked
package io.landfall.deploy.template;

import org.jspecify.annotations.NullMarked;
