/**
 * Rewrites classes with ASM while they are loaded: methods that are named, and calls to the JDK in packages that are named.
 *
 * <p>What is put in calls the JDK only, since the classes it is put into can see nothing of ours.
 */
@NullMarked
package io.landfall.catip.asm;

import org.jspecify.annotations.NullMarked;
