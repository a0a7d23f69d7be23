/**
 * A Java agent that tells a JVM its external address before the application's {@code main} runs.
 *
 * <p>The JVM calls {@link io.landfall.catip.Agent}, the one class of the jar that the application can see. All else is loaded by
 * that class from where no other loader looks: {@code Start} reads the options, waits for the injected file, checks the address
 * in it and sets {@code host.ip}, which is all that CAT needs. Software without such a property gets a method, or its calls to
 * the JDK, rewritten by {@code io.landfall.catip.asm}, which is loaded only where that is asked for.
 *
 * <p>It is Java 8 bytecode and quick, so it does without lambdas, regular expressions and {@code java.nio.file}: a JVM may start
 * with it for every tool that somebody runs in the container.
 */
@NullMarked
package io.landfall.catip;

import org.jspecify.annotations.NullMarked;
