/**
 * Code that was written for Apollo's client reads a snapshot, without a changed line.
 *
 * <p>Apollo's client asks {@link io.landfall.config.apollo.client.SnapshotInjector} for what makes its namespaces. Where a snapshot is
 * in use, that is a factory whose {@code Config} and {@code ConfigFile} are Apollo's own classes over the files of the snapshot, so
 * that injected values, listeners and Spring's property sources work as ever, and no server is asked. Where none is, it is Apollo's
 * own factory.
 *
 * <p>A snapshot is in use from {@link io.landfall.config.apollo.client.ClientSnapshot#use} on, or because it is mounted where a pod of
 * Landfall has it. A hot revision reaches listeners as the changes of the keys that differ; one with a file that the client reads and
 * could not parse is refused (decision 0026).
 *
 * <p>The namespace {@code application} is the file {@code application.properties}; one that has a format is the file of its name
 * ({@code db.yaml}). A namespace {@code n} of another application {@code a} is the file {@code a+n.properties}.
 */
@NullMarked
package io.landfall.config.apollo.client;

import org.jspecify.annotations.NullMarked;
