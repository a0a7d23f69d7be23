/**
 * What Kubernetes' controllers do with workloads, step by step: {@link io.landfall.deploy.model.RollingUpdate} is the arithmetic of the
 * Deployment's controller with plain inputs and outputs, so that e2e can compare it with the real one.
 */
@NullMarked
package io.landfall.deploy.model;

import org.jspecify.annotations.NullMarked;
