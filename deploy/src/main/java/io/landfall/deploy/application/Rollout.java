package io.landfall.deploy.application;

import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.ReleaseOrder;

/**
 * How many pods there are, and how a release replaces them.
 *
 * @param replicas when nobody has scaled it yet; from 0
 * @param batches how many at a time
 * @param conduct how it goes from batch to batch
 */
public record Rollout(int replicas, Batches batches, ReleaseOrder.Conduct conduct) {}
