package io.landfall.deploy.template;

import io.landfall.deploy.Port;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Variables by which the modules of the house, Spring Boot and Dubbo know that they are in this pod. The application's own come first. */
final class Settings {

    /** What closing takes after a drain, and some more. */
    private static final Duration AFTER_THE_DRAIN = Duration.ofSeconds(15);

    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(30);

    private final RenderRequest request;
    private final ParameterValues parameters;

    Settings(RenderRequest request) {
        this.request = request;
        this.parameters = request.environment().parameters();
    }

    /** How long a pod that stops may take before it is killed. */
    long gracePeriod() {
        return drainDeadline().plus(preStop()).plus(AFTER_THE_DRAIN).toSeconds();
    }

    private Duration drainDeadline() {
        return time(CommonParameters.DRAIN_DEADLINE, DRAIN_DEADLINE);
    }

    /** The grace period runs while the hook does. */
    private Duration preStop() {
        boolean sleeps = parameters
                .text(CommonParameters.PRE_STOP)
                .filter("sleep"::equals)
                .isPresent();
        return sleeps ? time(CommonParameters.PRE_STOP_SLEEP, Duration.ZERO) : Duration.ZERO;
    }

    /** A team's own template may take a parameter of this name, and mean something else. */
    private Duration time(String parameter, Duration otherwise) {
        return parameters.values().get(parameter) instanceof Duration time ? time : otherwise;
    }

    /**
     * Of every pod.
     *
     * @param grace how many seconds the pod may take
     */
    Map<String, String> common(long grace) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("LANDFALL_DRAIN_DEADLINE", drainDeadline().toSeconds() + "s");
        settings.put("LANDFALL_DRAIN_GRACEPERIOD", grace - preStop().toSeconds() + "s");
        request.snapshot().ifPresent(snapshot -> settings.put("SPRING_CONFIG_IMPORT", "snapshot:"));
        if (request.application().type().workload() != Workload.CRON_JOB
                && request.environment().instances().isEmpty()) {
            registry(settings);
        }
        return settings;
    }

    /** graceful-shutdown's sidecar. */
    Map<String, String> sidecar() {
        boolean asked = parameters
                .text(CommonParameters.PROBES)
                .filter("sidecar"::equals)
                .isPresent();
        return asked
                ? Map.of("LANDFALL_PROBE_PORT", String.valueOf(parameters.integer(CommonParameters.PROBE_PORT)))
                : Map.of();
    }

    /** Dubbo and Spring Boot both read it by this name. At an address that pods share, application level cannot be fair. */
    Map<String, String> dubbo() {
        boolean shared = request.environment()
                .registered()
                .filter(address -> !address.startsWith("*"))
                .isPresent();
        return shared ? Map.of("DUBBO_APPLICATION_REGISTERMODE", "interface") : Map.of();
    }

    /** Spring Boot has probes in a cluster that it recognises; here it is told. */
    Map<String, String> spring() {
        return Map.of(
                "MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED", "true",
                "SERVER_SHUTDOWN", "graceful",
                "SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE", drainDeadline().toSeconds() + "s");
    }

    private void registry(Map<String, String> settings) {
        Optional<TrafficAccess> outside = request.environment().traffic().stream()
                .filter(access -> access.reach() == Reach.EXTERNAL)
                .findFirst();
        if (request.environment().registered().isEmpty()) {
            // Where nobody outside calls it, a pod's own address is right.
            outside.ifPresentOrElse(
                    access -> settings.put("LANDFALL_REGISTRY_SERVICE", access.name()),
                    () -> settings.put("LANDFALL_REGISTRY_MISSING", "pod-ip"));
        }
        outside.map(access -> ports(access, request.environment().deploy().ports()))
                .filter(ports -> !ports.isEmpty())
                .ifPresent(ports -> settings.put("LANDFALL_REGISTRY_PORTS", ports));
    }

    /** Those that differ outside. */
    private static String ports(TrafficAccess access, List<Port> container) {
        return access.ports().stream()
                .filter(port -> List.of(Speaks.DUBBO, Speaks.TRI, Speaks.HTTP).contains(port.speaks()))
                .filter(port -> number(port, container) != port.port())
                .map(port -> port.speaks().name().toLowerCase(Locale.ROOT) + ":" + port.port())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static int number(TrafficPort port, List<Port> container) {
        return container.stream()
                .filter(known -> known.name().equals(port.target()))
                .mapToInt(Port::number)
                .findFirst()
                .orElseGet(() -> Integer.parseInt(port.target()));
    }
}
