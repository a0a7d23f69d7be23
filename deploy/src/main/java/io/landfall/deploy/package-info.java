/**
 * Brings software into a cluster and changes it there. The first piece of it: a StatefulSet with an address for each pod.
 *
 * <p>Some software identifies an instance by its IP address, keeps it in the configuration of all others, and loses its data's owner
 * when it changes: CAT, Kafka, RocketMQ. An {@link io.landfall.deploy.InstanceTable} has one row for each instance. From it
 * {@code .kubernetes} renders everything that the cluster needs, {@code .cat} what CAT reads beside it; {@code .instances} reads the
 * table and refuses what cannot work. An {@link io.landfall.deploy.InstancePlan} says what applying it would do to those that run, and
 * refuses what would orphan data.
 */
@NullMarked
package io.landfall.deploy;

import org.jspecify.annotations.NullMarked;
