package io.landfall.registry.http;

import io.landfall.registry.RegistryException;
import io.landfall.registry.ServiceInstance;
import io.landfall.registry.ServiceRegistry;
import io.landfall.registry.http.HttpCalls.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Eureka, by its REST operations. Its servers tell each other what they heard, so one of them is enough: the one that answered last,
 * else the next. An entry looks like that of Eureka's own client in Spring Cloud.
 */
final class EurekaRegistry implements ServiceRegistry {

    static final Timing TIMING = Timing.of(Duration.ofSeconds(30));
    /** Of heartbeats that are missed. */
    private static final int EXPIRES_AFTER = 3;

    private final List<Endpoint> servers;
    private final Timing timing;
    private final HttpCalls calls;
    private int current;
    /** A server keeps what is newer by this number. */
    private long version;

    EurekaRegistry(List<Endpoint> servers, Timing timing) {
        this.servers = servers;
        this.timing = timing;
        calls = new HttpCalls(timing);
    }

    @Override
    public String place() {
        return "Eureka at " + Endpoint.shown(servers);
    }

    @Override
    public void enter(ServiceInstance instance) {
        version = Math.max(version + 1, System.currentTimeMillis());
        Answer answer = call("POST", app(instance), Json.of(Map.of("instance", entry(instance))));
        if (!answer.good()) {
            Endpoint asked = servers.get(current);
            // A proxy before it may have lost it; the next attempt is the next server's.
            current = (current + 1) % servers.size();
            throw new RegistryException(asked + " " + answer.excuse() + ": is /eureka its path?");
        }
    }

    @Override
    public boolean renew(ServiceInstance instance) {
        return call("PUT", path(instance) + "?status=UP&lastDirtyTimestamp=" + version, "")
                .good();
    }

    @Override
    public void remove(ServiceInstance instance) {
        call("DELETE", path(instance), "");
    }

    @Override
    public Duration heartbeat() {
        return timing.heartbeat();
    }

    @Override
    public Duration pause(int failures) {
        return timing.pause(failures);
    }

    /** The first server's answer that is one: it did it, or does not know the instance. */
    private Answer call(String method, String path, String json) {
        List<String> failed = new ArrayList<>();
        for (int tried = 0; tried < servers.size(); tried++) {
            Endpoint server = servers.get(current);
            try {
                Answer answer = calls.call(server, method, path, json);
                if (answer.good() || answer.unknown()) {
                    return answer;
                }
                failed.add(server + " " + answer.excuse());
            } catch (IOException e) {
                failed.add(String.valueOf(e.getMessage()));
            }
            current = (current + 1) % servers.size();
        }
        throw new RegistryException("Eureka: " + String.join("; ", failed));
    }

    private Map<String, Object> entry(ServiceInstance instance) {
        String host = instance.address().host();
        String url = "http://" + instance.address();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("instanceId", instance.id());
        entry.put("app", instance.service().toUpperCase(Locale.ROOT));
        entry.put("hostName", host);
        entry.put("ipAddr", host);
        entry.put("vipAddress", instance.service());
        entry.put("secureVipAddress", instance.service());
        entry.put("status", "UP");
        entry.put("port", Map.of("$", instance.port(), "@enabled", "true"));
        entry.put("securePort", Map.of("$", 443, "@enabled", "false"));
        entry.put("homePageUrl", url + "/");
        instance.healthPath().ifPresent(path -> {
            entry.put("statusPageUrl", url + path);
            entry.put("healthCheckUrl", url + path);
        });
        entry.put(
                "dataCenterInfo",
                Map.of("@class", "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name", "MyOwn"));
        entry.put("leaseInfo", lease());
        entry.put("metadata", instance.metadata());
        entry.put("lastDirtyTimestamp", String.valueOf(version));
        return entry;
    }

    private Map<String, Object> lease() {
        long seconds = Math.max(1, timing.heartbeat().toSeconds());
        return Map.of("renewalIntervalInSecs", seconds, "durationInSecs", seconds * EXPIRES_AFTER);
    }

    private static String app(ServiceInstance instance) {
        return "/apps/" + instance.service().toUpperCase(Locale.ROOT);
    }

    private static String path(ServiceInstance instance) {
        return app(instance) + "/" + instance.id();
    }
}
