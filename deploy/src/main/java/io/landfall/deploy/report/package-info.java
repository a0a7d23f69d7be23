/**
 * What a release looks like, for people and for scripts.
 *
 * <p>A {@link io.landfall.deploy.report.ReleaseStatus} is taken from an order and its workload at one time. {@link
 * io.landfall.deploy.report.StatusText} says it in lines, {@link io.landfall.deploy.report.StatusJson} as a document whose shape is kept.
 * A {@link io.landfall.deploy.report.ReleasePlan} says the same of an order that nobody has accepted yet. Nothing here reaches a cluster.
 */
@NullMarked
package io.landfall.deploy.report;

import org.jspecify.annotations.NullMarked;
