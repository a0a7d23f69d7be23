package io.landfall.config.apollo;

import com.ctrip.framework.apollo.core.signature.Signature;
import com.ctrip.framework.apollo.core.utils.PropertiesUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.config.apollo.ApolloContents.Released;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The config service, as 2.5.2's sources and answers have it. */
final class ConfigServiceAnswers {

    /** A minute in Apollo; shorter, so that whoever goes away is not waited for. */
    private static final Duration LONG_POLL = Duration.ofSeconds(5);

    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final ApolloContents contents;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> accessKeys = new ConcurrentHashMap<>();

    ConfigServiceAnswers(ApolloContents contents) {
        this.contents = contents;
    }

    void accessKey(String appId, String secret) {
        accessKeys.put(appId, secret);
    }

    Reply answer(Asked asked) throws IOException, InterruptedException {
        String first = asked.path().get(0);
        boolean poll = first.equals("notifications");
        List<String> names =
                new ArrayList<>(asked.path().subList(1, asked.path().size()));
        String form = names.size() == 4 ? names.remove(0) : "properties";
        if (!poll && names.size() != 3) {
            return Reply.error(404, "Not Found", asked.uri());
        }
        String appId = poll ? asked.parameter("appId").orElse("") : names.get(0);
        if (!signed(asked, appId)) {
            return Reply.error(
                    401, "Unauthorized", asked.exchange().getRequestURI().getPath());
        }
        if (poll) {
            return notifications(asked, appId);
        }
        Optional<Found> found = find(asked, names);
        if (found.isEmpty()) {
            return Reply.error(
                    404, "Not Found", asked.exchange().getRequestURI().getPath());
        }
        return first.equals("configs") ? configs(asked, names, found.get()) : file(form, names.get(2), found.get());
    }

    private boolean signed(Asked asked, String appId) {
        String secret = accessKeys.get(appId);
        if (secret == null) {
            return true;
        }
        String timestamp = asked.header("Timestamp").orElse("0");
        long skew = Math.abs(Clock.systemUTC().millis() - Long.parseLong(timestamp));
        String expected = "Apollo " + appId + ":" + Signature.signature(timestamp, asked.uri(), secret);
        return skew < TOLERANCE.toMillis()
                && expected.equals(asked.header("Authorization").orElse(""));
    }

    /** What clients get: of the application's own release and another's public one, the own wins. */
    private record Found(String cluster, String releaseKey, Map<String, String> values) {}

    private Optional<Found> find(Asked asked, List<String> names) {
        String appId = names.get(0);
        String name = withoutProperties(names.get(2));
        String label = asked.parameter("label").orElse(null);
        Optional<Released> own = contents.released(appId, names.get(1), name, asked.ip(), label);
        Optional<Released> shared = contents.sharedBy(name, appId)
                .flatMap(owner -> contents.released(owner, names.get(1), name, asked.ip(), label));
        if (own.isEmpty() && shared.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        shared.ifPresent(r -> values.putAll(r.values()));
        own.ifPresent(r -> values.putAll(r.values()));
        List<String> keys = new ArrayList<>();
        own.ifPresent(r -> keys.add(r.key()));
        shared.ifPresent(r -> keys.add(r.key()));
        return Optional.of(new Found(own.map(Released::cluster).orElse(names.get(1)), String.join("+", keys), values));
    }

    private static Reply configs(Asked asked, List<String> names, Found found) {
        if (asked.parameter("releaseKey").filter(found.releaseKey()::equals).isPresent()) {
            return Reply.empty(304);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appId", names.get(0));
        body.put("cluster", found.cluster());
        body.put("namespaceName", names.get(2));
        body.put("configurations", found.values());
        body.put("releaseKey", found.releaseKey());
        return Reply.json(body);
    }

    private static Reply file(String form, String name, Found found) throws IOException {
        if (form.equals("json")) {
            return Reply.json(found.values());
        }
        if (form.equals("raw") && !new Namespace("", name).properties()) {
            String type = name.endsWith("json") || name.endsWith("xml") ? name.replaceFirst(".*\\.", "") : "yaml";
            return Reply.text(
                    "application/" + type, Objects.requireNonNull(found.values().get("content")));
        }
        Properties properties = new Properties();
        properties.putAll(found.values());
        return Reply.text("text/plain", PropertiesUtil.toString(properties));
    }

    private Reply notifications(Asked asked, String appId) throws IOException, InterruptedException {
        JsonNode known = json.readTree(asked.parameter("notifications").orElse("[]"));
        String cluster = asked.parameter("cluster").orElse(ApolloContents.DEFAULT);
        long until = System.nanoTime() + LONG_POLL.toNanos();
        while (true) {
            long seen = contents.lastMessage();
            List<Object> news = news(known, appId, cluster);
            if (!news.isEmpty()) {
                return Reply.json(news);
            }
            if (System.nanoTime() >= until) {
                return Reply.empty(304);
            }
            contents.awaitMessage(seen, until);
        }
    }

    private List<Object> news(JsonNode known, String appId, String cluster) {
        List<Object> news = new ArrayList<>();
        for (JsonNode one : known) {
            String name = withoutProperties(one.path("namespaceName").asText());
            Map<String, Long> details = new LinkedHashMap<>();
            List<String> applications = new ArrayList<>(List.of(appId));
            contents.sharedBy(name, appId).ifPresent(applications::add);
            for (String application : applications) {
                for (String place : List.of(cluster, ApolloContents.DEFAULT)) {
                    String id = application + "+" + place + "+" + name;
                    contents.message(id).ifPresent(m -> details.put(id, m));
                }
            }
            long latest = details.values().stream().mapToLong(l -> l).max().orElse(-1);
            if (latest > one.path("notificationId").asLong()) {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("namespaceName", name);
                body.put("notificationId", latest);
                body.put("messages", Map.of("details", details));
                news.add(body);
            }
        }
        return news;
    }

    private static String withoutProperties(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".properties")
                ? name.substring(0, name.length() - ".properties".length())
                : name;
    }
}
