package io.landfall.deploy.cluster;

import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.ReleaseOrder.Conduct;

/**
 * How an order is to be carried out, whatever it is about.
 *
 * @param batches how many pods at a time
 * @param conduct how it goes from batch to batch
 * @param author who wants it
 * @param takeOver whether fields may be taken from other field managers
 */
public record Terms(Batches batches, Conduct conduct, String author, boolean takeOver) {}
