/**
 * Images: how they are named, how they are built, and what commit they were made of.
 *
 * <p>A tag is {@code <branch>-<yyyyMMdd>-<build>}, an {@link io.landfall.deploy.image.ImageTag}. What builds an image is an
 * {@link io.landfall.deploy.image.ImageBuilder}; the one that is here runs a command line. The commit goes into the image as a label, and
 * into the workload as an annotation, from which an {@link io.landfall.deploy.image.ImageTrace} is read.
 */
@NullMarked
package io.landfall.deploy.image;

import org.jspecify.annotations.NullMarked;
