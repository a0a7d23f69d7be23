/**
 * Proofs on a real Kubernetes: real pods on a real API server, real kubelet, real kube-proxy, real consumers.
 *
 * <p>A proof is a test with a {@link io.landfall.e2e.Proof} on it; all of them are listed in README.md beside this module's
 * pom. It gets a namespace from {@link io.landfall.e2e.cluster.KubernetesExtension}, puts a
 * {@link io.landfall.e2e.field.Field} into it, does something to the pods, and looks at what became of every call.
 */
@NullMarked
package io.landfall.e2e;

import org.jspecify.annotations.NullMarked;
