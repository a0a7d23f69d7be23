package io.landfall.config.apollo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What an Apollo has: items, releases, gray releases, and the messages that tell of them. Safe for several threads. */
final class ApolloContents {

    static final String DEFAULT = "default";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter KEY_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final Map<String, Space> spaces = new LinkedHashMap<>();
    private final Map<String, String> applications = new LinkedHashMap<>();
    private final Map<String, Long> messages = new LinkedHashMap<>();
    private final AtomicLong releases = new AtomicLong();
    private final AtomicLong keys = new AtomicLong(0x7aaf8a59878f23baL);
    private long lastMessage;

    record Item(String key, String value, String comment, String created, String modified) {}

    record Released(
            long id,
            String key,
            String cluster,
            String name,
            String comment,
            Map<String, String> values,
            String time) {}

    /** A branch for some. */
    record Gray(Released release, List<String> ips, List<String> labels) {

        boolean matches(String ip, @Nullable String label) {
            return ips.contains("*")
                    || ips.contains(ip)
                    || labels.contains("*")
                    || (label != null && labels.contains(label));
        }
    }

    /** A namespace in a cluster. Guarded by the contents. */
    static final class Space {
        final String appId;
        final String cluster;
        final String name;
        final String createdBy;
        final String created = now();
        final Map<String, Item> items = new LinkedHashMap<>();
        final List<Released> releases = new ArrayList<>();
        boolean shared;

        @Nullable
        Gray gray;

        Space(String appId, String cluster, String name, String createdBy) {
            this.appId = appId;
            this.cluster = cluster;
            this.name = name;
            this.createdBy = createdBy;
        }

        String message() {
            return appId + "+" + cluster + "+" + name;
        }

        Optional<Released> latest() {
            return releases.isEmpty() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1));
        }
    }

    static String now() {
        return TIME.format(Instant.now());
    }

    synchronized void application(String appId, String name) {
        applications.put(appId, name);
        space(appId, DEFAULT, "application");
    }

    synchronized Map<String, String> applications() {
        return new LinkedHashMap<>(applications);
    }

    synchronized List<Space> spaces(String appId) {
        return spaces.values().stream().filter(s -> s.appId.equals(appId)).toList();
    }

    /** Made if it is not there. */
    synchronized Space space(String appId, String cluster, String name) {
        return spaces.computeIfAbsent(
                id(appId, cluster, name),
                k -> new Space(appId, cluster, name, name.equals("application") ? "anonymousUser" : "apollo"));
    }

    synchronized Optional<Space> find(String appId, String cluster, String name) {
        return Optional.ofNullable(spaces.get(id(appId, cluster, name)));
    }

    synchronized Item item(Space space, String key, String value, String comment) {
        Item before = space.items.get(key);
        Item item = new Item(key, value, comment, before == null ? now() : before.created(), now());
        space.items.put(key, item);
        return item;
    }

    synchronized void removeItem(Space space, String key) {
        space.items.remove(key);
    }

    synchronized List<Item> items(Space space) {
        return List.copyOf(space.items.values());
    }

    synchronized Released publish(Space space, String name, String comment) {
        Map<String, String> values = new LinkedHashMap<>();
        space.items.values().forEach(i -> values.put(i.key(), i.value()));
        Released release = released(space.cluster, name, comment, values);
        space.releases.add(release);
        tell(space);
        return release;
    }

    /** Back to the release before, which is the same release again. */
    synchronized void rollBack(Space space) {
        space.releases.remove(space.releases.size() - 1);
        tell(space);
    }

    synchronized void grayRelease(Space space, Map<String, String> changes, List<String> ips, List<String> labels) {
        Map<String, String> values = new LinkedHashMap<>(changes);
        space.latest().orElseThrow().values().forEach(values::putIfAbsent);
        space.gray = new Gray(released(newKey(), "gray-1", "gray", values), ips, labels);
        // One message for its rules, one for the release.
        tell(space);
        tell(space);
    }

    private Released released(String cluster, String name, String comment, Map<String, String> values) {
        return new Released(releases.incrementAndGet(), newKey(), cluster, name, comment, values, now());
    }

    private String newKey() {
        return KEY_TIME.format(Instant.now()) + "-" + Long.toHexString(keys.getAndIncrement());
    }

    private void tell(Space space) {
        messages.put(space.message(), ++lastMessage);
        notifyAll();
    }

    /** By Apollo's rules: the cluster, else the default one; in each the gray release, else the latest. */
    synchronized Optional<Released> released(
            String appId, String cluster, String name, String ip, @Nullable String label) {
        return releasedIn(appId, cluster, name, ip, label).or(() -> releasedIn(appId, DEFAULT, name, ip, label));
    }

    private Optional<Released> releasedIn(
            String appId, String cluster, String name, String ip, @Nullable String label) {
        Space space = spaces.get(id(appId, cluster, name));
        if (space == null) {
            return Optional.empty();
        }
        Gray gray = space.gray;
        return gray != null && gray.matches(ip, label) ? Optional.of(gray.release()) : space.latest();
    }

    /** Who shares a namespace with all, if not this application itself. */
    synchronized Optional<String> sharedBy(String name, String otherThan) {
        return spaces.values().stream()
                .filter(s -> s.shared && s.name.equalsIgnoreCase(name) && !s.appId.equals(otherThan))
                .map(s -> s.appId)
                .findFirst();
    }

    synchronized Optional<Long> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** Waits for any message after the given one, or so long. */
    synchronized void awaitMessage(long after, long untilNanos) throws InterruptedException {
        for (long left = untilNanos - System.nanoTime();
                lastMessage <= after && left > 0;
                left = untilNanos - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    synchronized long lastMessage() {
        return lastMessage;
    }

    private static String id(String appId, String cluster, String name) {
        return (appId + "+" + cluster + "+" + name).toLowerCase(Locale.ROOT);
    }
}
