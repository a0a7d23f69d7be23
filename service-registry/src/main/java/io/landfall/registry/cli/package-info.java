/**
 * Registration for a process that is not Java: the command line of the jar with the classifier {@code cli}, as a sidecar beside it.
 *
 * <p>{@link io.landfall.registry.cli.RegisterCommand} waits until the process is ready, registers it, keeps it registered, and
 * withdraws it when it is no longer ready, or on SIGTERM. {@link io.landfall.registry.cli.WithdrawCommand} takes out an entry
 * that somebody left. They do it by {@link io.landfall.registry.Registration} and its registries, like a service that registers
 * itself, and read the same settings.
 */
@NullMarked
package io.landfall.registry.cli;

import org.jspecify.annotations.NullMarked;
