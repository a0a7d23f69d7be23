/**
 * Snapshots in a cluster: immutable ConfigMaps and Secrets, a live pointer that pods follow, and who names which snapshot.
 *
 * <p>{@link io.landfall.config.kubernetes.ConfigMapStore} writes the object with the manifest last and removes it first, so that an
 * interrupted publisher leaves no half snapshot. {@link io.landfall.config.kubernetes.WorkloadReferences} says what may not be
 * deleted. {@link io.landfall.config.kubernetes.LiveWatch} keeps an application at its version's live revision by one watch, where its
 * service account has the rights; elsewhere the pointer is mounted, and the kubelet brings it.
 *
 * <p>A pod that follows the API server needs this Role, the Secrets only if its snapshots have some. Revisions to come have no
 * names yet, so it cannot say {@code resourceNames} for them:
 *
 * <pre>{@code
 * rules:
 *   - apiGroups: [""]
 *     resources: [configmaps]
 *     verbs: [get, watch]
 *   - apiGroups: [""]
 *     resources: [secrets]
 *     verbs: [get]
 * }</pre>
 *
 * <p>A publisher needs get, list, create, update, patch and delete on both; whoever applies retention, list on pods, replicasets,
 * deployments, statefulsets, daemonsets, controllerrevisions, jobs and cronjobs as well.
 */
@NullMarked
package io.landfall.config.kubernetes;

import org.jspecify.annotations.NullMarked;
