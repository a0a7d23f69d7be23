/**
 * Brings software into a cluster and changes it there.
 *
 * <p>An application says what it is in a file, {@code landfall.yaml}, which {@code .application} reads; {@code .template} renders it, {@code .names}
 * checks what everything is called, {@code .image} builds and names images, {@code .traffic} makes the ways in. A release order
 * ({@code .release}) replaces its pods in batches; {@code .cluster} is where orders and their progress are kept, {@code .gate} asks whether a batch
 * may be followed by the next, {@code .diagnosis} says why a pod is not ready. {@code .cli} is the command line to all of it, {@code .report} what it
 * shows, {@code .doctor} what it looks at.
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
