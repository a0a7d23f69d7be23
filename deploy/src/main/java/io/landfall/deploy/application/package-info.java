/**
 * An application as its repository describes it, in one {@code landfall.yaml}: what runs, where, how a release of it goes, and who
 * reaches it.
 *
 * <p>Nothing here knows YAML, a cluster or a template: {@code .file} reads these records, and {@code .template} makes objects of
 * Kubernetes of them. What an environment says itself is merged with the application's defaults when the file is read, so an
 * {@code Environment} is complete.
 */
@NullMarked
package io.landfall.deploy.application;

import org.jspecify.annotations.NullMarked;
