/**
 * A way in to an application, as a Service, and in a cluster.
 *
 * <p>{@link io.landfall.deploy.traffic.TrafficTemplate} renders it. {@link io.landfall.deploy.traffic.TrafficCluster} compares it with
 * what a cluster has: a {@link io.landfall.deploy.traffic.TrafficPlan} says what would change, and what would be taken from somebody; an
 * address and port that already lead elsewhere, a Service that is another's, other pods behind a name. None of that happens before
 * somebody has agreed. {@link io.landfall.deploy.traffic.SpreadCheck} says which share of the traffic each pod gets.
 */
@NullMarked
package io.landfall.deploy.traffic;

import org.jspecify.annotations.NullMarked;
