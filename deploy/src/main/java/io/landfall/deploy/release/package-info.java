/**
 * A release order, from its first write to its last, as decisions that need no cluster.
 *
 * <p>A {@link io.landfall.deploy.release.ReleaseOrder} says what is wanted; a {@link io.landfall.deploy.release.Directive} what people said since;
 * a {@link io.landfall.deploy.release.WorkloadView} what is there. From these three, and from nothing that an engine remembers, the next
 * {@link io.landfall.deploy.release.Decision} follows. So any engine takes up any release: what another one had begun is seen, not told.
 *
 * <p>A batch needs no controller of its own. While a release runs, the Deployment has a {@code minReadySeconds} that no pod reaches, and
 * {@code maxUnavailable} is the share of pods that may be new so far: the Deployment's controller replaces exactly as many and waits.
 * Raising the share admits the next batch; the original values end it.
 */
@NullMarked
package io.landfall.deploy.release;

import org.jspecify.annotations.NullMarked;
