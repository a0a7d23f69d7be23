/**
 * The rules of the house, checked by a test in every module.
 *
 * <p>A module has one {@code HouseTest} that names its root package and includes {@link io.landfall.house.HouseRules};
 * what the rules say is in ARCHITECTURE.md.
 */
@NullMarked
package io.landfall.house;

import org.jspecify.annotations.NullMarked;
