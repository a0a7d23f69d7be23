/**
 * A table of instances as objects of Kubernetes, and in a cluster.
 *
 * <p>{@link io.landfall.deploy.kubernetes.StatefulTemplate} renders: the StatefulSet, its headless Service, one LoadBalancer Service for
 * each pod, the ConfigMap from which each pod mounts the one key that has its name, and the files that list all instances. The same
 * table gives the same bytes. {@link io.landfall.deploy.kubernetes.InstanceCluster} looks at what a cluster has, compares, and applies
 * by server-side apply.
 */
@NullMarked
package io.landfall.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
