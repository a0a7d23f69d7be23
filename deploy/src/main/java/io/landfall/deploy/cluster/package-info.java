/**
 * Release orders in a Kubernetes namespace: the port that engines work through, on fabric8's client.
 *
 * <p>{@link io.landfall.deploy.cluster.KubernetesReleaseCluster} sees through one watch for each kind, of which it keeps only what decisions
 * need, and writes by server-side apply with the resource version that was seen. Before it writes it reads the order itself, and
 * before it admits pods it reads the pods themselves, so that a watch that stands still leads to no write.
 * {@link io.landfall.deploy.cluster.Submission} makes orders, and asks the API server in a dry run what a manifest will look like there.
 * {@link io.landfall.deploy.cluster.LeaseElection} says which engine acts.
 */
@NullMarked
package io.landfall.deploy.cluster;

import org.jspecify.annotations.NullMarked;
