/**
 * Reads {@code landfall.yaml}.
 *
 * <p>What an environment says is laid over what the file says of all environments, key by key, before anything is read: mappings are merged,
 * and anything else is replaced. So there is one reading for both, and a value that is wrong is complained about where it stands.
 */
@NullMarked
package io.landfall.deploy.application.file;

import org.jspecify.annotations.NullMarked;
