/**
 * How the API server is asked, by whichever client: {@link io.landfall.deploy.api.ApiPatience} says how often, and when again;
 * {@link io.landfall.deploy.api.ApiCalls} is the same for fabric8's own calls.
 */
@NullMarked
package io.landfall.deploy.api;

import org.jspecify.annotations.NullMarked;
