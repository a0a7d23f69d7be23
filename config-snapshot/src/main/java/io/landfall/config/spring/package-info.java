/**
 * A snapshot as Spring Boot's configuration: {@code spring.config.import=snapshot:}.
 *
 * <p>{@code snapshot:/dir} reads the snapshot in a directory, {@code snapshot:} alone the one in {@code landfall.config.dir}, which is
 * {@code /etc/landfall/config} unless said otherwise; {@code optional:} before it means what it always does. A directory with a
 * manifest is a snapshot and must verify, or the application does not start. One without a manifest is a developer's own files, and the
 * log says that nothing is verified.
 *
 * <p><b>Which value counts.</b> The snapshot is one property source, and stands where Boot puts what is imported: above the file that
 * imports it, below environment variables, system properties and the command line. Named outside of the application
 * ({@code SPRING_CONFIG_IMPORT}), it is above all files of the application, also those for a profile. Within it, from the highest:
 *
 * <ol>
 *   <li>{@code application-<profile>.*} of the accepted profiles, the last profile first;
 *   <li>{@code application.*};
 *   <li>all other files in the order of their names, as Apollo's namespaces that come after {@code application}.
 * </ol>
 *
 * <p>Of files that differ in their ends only, {@code .properties} comes before {@code .yml}, {@code .yaml} and {@code .json}. A later
 * document of a file comes before an earlier one, and {@code spring.config.activate} is heeded. A list comes whole from the highest
 * document that has any of it, and a property is the same in all its spellings, as between Boot's own files. Other formats are no
 * properties; the bean {@link io.landfall.config.LiveSnapshot} has them.
 *
 * <p><b>Hot revisions.</b> An application starts with the revision of its version that is live, and follows it. A revision with a file
 * that cannot be read is refused, and what was stays. One that is taken replaces the property source in one step. With Spring Cloud,
 * {@code @ConfigurationProperties} are bound again and {@code @RefreshScope} begins anew; without it, they keep what they have. Either
 * way, listeners then get {@link io.landfall.config.spring.SnapshotChangedEvent}. {@code /actuator/refresh} reads the live revision
 * too. Apollo's client, where an application still has it, reads the same revision from the moment Spring does
 * ({@code landfall.config.apollo=false} leaves it to its server). Values that something else has decrypted at the start ({@code {cipher}}) are decrypted again by {@code /actuator/refresh} only.
 */
@NullMarked
package io.landfall.config.spring;

import org.jspecify.annotations.NullMarked;
