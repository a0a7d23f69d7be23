/**
 * Gates of a release that ask somebody: a Prometheus whether a query holds, a page whether it answers.
 *
 * <p>What gives no answer says nothing of the batch: the release waits and asks again, until the batch's deadline has passed.
 */
@NullMarked
package io.landfall.deploy.gate;

import org.jspecify.annotations.NullMarked;
