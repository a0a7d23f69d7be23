/**
 * The files that CAT reads, as CAT 3 documents them.
 *
 * <p>{@code client.xml} and {@code datasources.xml} are files in CAT's home. The configuration of servers and of the router is not: CAT
 * keeps both in the table {@code config} of its database, and every instance reads them from there again each minute.
 * {@link io.landfall.deploy.cat.CatFiles} writes them all, and {@link io.landfall.deploy.cat.CatSql} the statements that bring the last
 * two into the database.
 */
@NullMarked
package io.landfall.deploy.cat;

import org.jspecify.annotations.NullMarked;
