/**
 * The rules by which Kubernetes takes names, so that they are checked before anything is sent to it: all that is wrong at once, with the
 * rule and with a name that would be right.
 *
 * <p>A {@link io.landfall.deploy.names.NameRule} is for one name. {@link io.landfall.deploy.names.NameUses} are for a name of which
 * others are made: {@code orders} is a Deployment, a container, the value of a label, and the beginning of {@code orders-release}; what is
 * suggested instead is right for all of them.
 */
@NullMarked
package io.landfall.deploy.names;

import org.jspecify.annotations.NullMarked;
