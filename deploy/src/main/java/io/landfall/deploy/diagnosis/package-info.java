/**
 * Why a pod is not ready, in one line, for people who know no Kubernetes.
 *
 * <p>{@link io.landfall.deploy.diagnosis.PodTrouble} looks at a pod and its events, {@link io.landfall.deploy.diagnosis.WorkloadTrouble}
 * at pods that could not even be made. Both are functions of what they are given. An {@link io.landfall.deploy.diagnosis.EventStore}
 * keeps a namespace's events for them, fed by the one {@link io.landfall.deploy.diagnosis.EventWatch} of that namespace;
 * {@link io.landfall.deploy.diagnosis.ClusterLogTail} knows the last words of a container that ended. What programs and registries
 * wrote is shortened, and what looks like a secret is masked.
 *
 * <p>The texts of Kubernetes that are read here are those of 1.20 to 1.36. One that is not known is shown as it is.
 */
@NullMarked
package io.landfall.deploy.diagnosis;

import org.jspecify.annotations.NullMarked;
