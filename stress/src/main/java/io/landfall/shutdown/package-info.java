/**
 * What two threads may do to each other, tried in every order that the machine has: {@code mvn -B -ntp -Pstress}.
 *
 * <p>The classes are in the packages of what they try, because that is not public. jcstress fails the run when an outcome is
 * seen that is forbidden, and says in {@code target/jcstress} how often each was seen.
 */
@NullMarked
package io.landfall.shutdown;

import org.jspecify.annotations.NullMarked;
