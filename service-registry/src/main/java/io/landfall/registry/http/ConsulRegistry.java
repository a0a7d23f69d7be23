package io.landfall.registry.http;

import io.landfall.registry.RegistryException;
import io.landfall.registry.ServiceInstance;
import io.landfall.registry.ServiceRegistry;
import io.landfall.registry.http.HttpCalls.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Consul, by the API of one agent, which owns what it is told. Its check is a heartbeat: one that it made itself would go through
 * the balancer, to any of the pods. An entry looks like that of Spring Cloud Consul.
 */
final class ConsulRegistry implements ServiceRegistry {

    static final Timing TIMING = Timing.of(Duration.ofSeconds(10));
    /** Without a heartbeat for so long, consumers do not get the entry any more. */
    private static final String TTL = "30s";
    /** After which the agent waits this long, its shortest, and forgets it: pods that were killed have no one to withdraw them. */
    private static final String FORGET_AFTER = "60s";
    /** What agents that are older than 1.11 say with a 500; the second where they have ACLs. */
    private static final Pattern UNKNOWN = Pattern.compile("does not have associated TTL|Unknown (service|check)");

    private final Endpoint agent;
    private final Timing timing;
    private final HttpCalls calls;

    ConsulRegistry(Endpoint agent, Timing timing) {
        this.agent = agent;
        this.timing = timing;
        calls = new HttpCalls(timing);
    }

    @Override
    public String place() {
        return "Consul at " + agent;
    }

    @Override
    public void enter(ServiceInstance instance) {
        String json = Json.of(entry(instance));
        Answer answer = put("/v1/agent/service/register?replace-existing-checks=true", json);
        if (!answer.good()) {
            throw refused(answer);
        }
        // An agent that had it keeps its check as it was, which may be critical.
        renew(instance);
    }

    @Override
    public boolean renew(ServiceInstance instance) {
        Answer answer = put("/v1/agent/check/pass/" + check(instance), "");
        if (!answer.good() && !unknown(answer)) {
            throw refused(answer);
        }
        return answer.good();
    }

    @Override
    public void remove(ServiceInstance instance) {
        Answer answer = put("/v1/agent/service/deregister/" + id(instance), "");
        if (!answer.good() && !unknown(answer)) {
            throw refused(answer);
        }
    }

    @Override
    public Duration heartbeat() {
        return timing.heartbeat();
    }

    @Override
    public Duration pause(int failures) {
        return timing.pause(failures);
    }

    private Answer put(String path, String json) {
        try {
            return calls.call(agent, "PUT", path, json);
        } catch (IOException e) {
            throw new RegistryException("Consul: " + e.getMessage());
        }
    }

    private static boolean unknown(Answer answer) {
        return answer.unknown()
                || (answer.status() == 500 && UNKNOWN.matcher(answer.text()).find());
    }

    private RegistryException refused(Answer answer) {
        return new RegistryException("Consul: " + agent + " " + answer.excuse());
    }

    private static Map<String, Object> entry(ServiceInstance instance) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ID", id(instance));
        entry.put("Name", instance.service());
        entry.put("Address", instance.address().host());
        entry.put("Port", instance.port());
        entry.put("Meta", meta(instance));
        entry.put(
                "Check",
                Map.of(
                        "CheckID",
                        check(instance),
                        "TTL",
                        TTL,
                        "Status",
                        "passing",
                        "DeregisterCriticalServiceAfter",
                        FORGET_AFTER));
        return entry;
    }

    private static Map<String, String> meta(ServiceInstance instance) {
        Map<String, String> meta = new LinkedHashMap<>();
        // By which Spring's consumers choose http or https; a service may say otherwise.
        meta.put("secure", "false");
        instance.metadata().forEach((key, value) -> meta.put(ServiceInstance.withoutDots(key), value));
        return meta;
    }

    /** An agent knows all its services by these, and one pod may have two. */
    private static String id(ServiceInstance instance) {
        return instance.service() + "-" + instance.id();
    }

    private static String check(ServiceInstance instance) {
        return "service:" + id(instance);
    }
}
