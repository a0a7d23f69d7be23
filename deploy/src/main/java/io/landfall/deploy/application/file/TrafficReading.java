package io.landfall.deploy.application.file;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.Port;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Affinity;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.application.TrafficAccess.Transport;
import io.landfall.deploy.instances.BalancerReading;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ways in. */
final class TrafficReading {

    private static final String LOAD_BALANCER = "load-balancer";
    /** What Kubernetes takes where nothing is said: three hours. */
    private static final int AFFINITY = 10_800;

    private static final int LONGEST_AFFINITY = 86_400;

    private final List<Port> container;

    /** @param container its ports, to which ways in lead */
    TrafficReading(List<Port> container) {
        this.container = container;
    }

    List<TrafficAccess> read(Fields environment) {
        Balancer balancer =
                environment.mapping(LOAD_BALANCER).map(BalancerReading::read).orElse(BalancerReading.NONE);
        List<TrafficAccess> ways = new ArrayList<>();
        environment.mapping("traffic").ifPresent(traffic -> traffic.keys().forEach(name -> {
            traffic.name(name, NameRule.SERVICE);
            traffic.mapping(name).map(fields -> access(name, fields, balancer)).ifPresent(ways::add);
        }));
        oneTransport(environment, ways);
        return ways;
    }

    /** A container's port has one transport, by which Services find its name. */
    private static void oneTransport(Fields environment, List<TrafficAccess> ways) {
        Map<String, Transport> transports = new HashMap<>();
        for (TrafficPort port :
                ways.stream().flatMap(way -> way.ports().stream()).toList()) {
            Transport before = transports.putIfAbsent(port.target(), port.transport());
            if (before != null && before != port.transport() && !port.target().matches("[0-9]+")) {
                environment.refuse(
                        "traffic",
                        "TCP and UDP both lead to the port '" + port.target() + "'",
                        "write the port's number as the target of UDP");
            }
        }
    }

    private TrafficAccess access(String name, Fields fields, Balancer common) {
        Reach reach = fields.optional("reach")
                .flatMap(value ->
                        value.read(text -> Formats.word(Reach.class, text), "it is " + Formats.words(Reach.class)))
                .orElse(Reach.EXTERNAL);
        Optional<IpAddress> address = fields.optional("address")
                .flatMap(value -> value.read(IpAddress::parse, "write the address that was planned for it"));
        // A way in that is for the cluster alone has a balancer only where it says so itself.
        Optional<Balancer> own = fields.mapping(LOAD_BALANCER).map(BalancerReading::read);
        boolean routed = reach == Reach.EXTERNAL || address.isPresent() || own.isPresent();
        List<TrafficPort> ports = ports(fields);
        Optional<Affinity> affinity = affinity(fields);
        fields.end();
        return new TrafficAccess(
                name, reach, address, routed ? own.orElse(common) : BalancerReading.NONE, ports, affinity);
    }

    private List<TrafficPort> ports(Fields access) {
        List<TrafficPort> ports = new ArrayList<>();
        Optional<Fields> named = access.mapping("ports");
        if (!access.has("ports")) {
            access.missing("ports");
        }
        named.ifPresent(fields -> fields.keys().forEach(name -> {
            fields.name(name, NameRule.DNS_LABEL);
            port(name, fields).ifPresent(ports::add);
        }));
        named.ifPresent(fields -> noDuplicates(fields, ports));
        return ports;
    }

    /** {@code http: 80}, or {@code http: {port: 80, target: web, speaks: http}}. */
    private Optional<TrafficPort> port(String name, Fields ports) {
        if (ports.isWord(name)) {
            return ports.optional(name)
                    .flatMap(value -> value.read(Formats::port, "write the port outside"))
                    .flatMap(outside -> target(ports, name, Optional.empty())
                            .map(target -> new TrafficPort(name, outside, target, Transport.TCP, speaks(name))));
        }
        return ports.mapping(name).flatMap(fields -> {
            Optional<Integer> outside =
                    fields.required("port").flatMap(value -> value.read(Formats::port, "write the port outside"));
            Optional<String> target = target(ports, name, fields.optional("target"));
            Transport transport = word(fields, "transport", Transport.class).orElse(Transport.TCP);
            Speaks speaks = word(fields, "speaks", Speaks.class).orElse(speaks(name));
            fields.end();
            return outside.flatMap(
                    number -> target.map(port -> new TrafficPort(name, number, port, transport, speaks)));
        });
    }

    private static <E extends Enum<E>> Optional<E> word(Fields fields, String key, Class<E> type) {
        return fields.optional(key)
                .flatMap(value -> value.read(text -> Formats.word(type, text), "it is " + Formats.words(type)));
    }

    /** A port that is called like a protocol speaks it. */
    private static Speaks speaks(String name) {
        for (Speaks known : Speaks.values()) {
            if (Formats.written(known).equals(name)) {
                return known;
            }
        }
        return Speaks.OTHER;
    }

    private Optional<String> target(Fields ports, String name, Optional<Value> named) {
        String target = named.map(Value::text).orElse(name);
        boolean there = container.stream()
                .anyMatch(port -> port.name().equals(target)
                        || String.valueOf(port.number()).equals(target));
        if (there) {
            return Optional.of(target);
        }
        String known = String.join(", ", container.stream().map(Port::name).toList());
        ports.refuse(
                name,
                "the container has no port '" + target + "'",
                known.isEmpty()
                        ? "name the container's ports in deploy.ports"
                        : "name one of " + known + " as its target");
        return Optional.empty();
    }

    private static void noDuplicates(Fields fields, List<TrafficPort> ports) {
        Set<String> seen = new HashSet<>();
        for (TrafficPort port : ports) {
            if (!seen.add(port.transport() + ":" + port.port())) {
                fields.refuse(
                        port.name(), "the port " + port.port() + " is there twice", "give each a number of its own");
            }
        }
    }

    /** {@code affinity: client-ip}, or {@code affinity: 1h}. */
    private static Optional<Affinity> affinity(Fields access) {
        return access.optional("affinity").flatMap(value -> {
            if (value.text().equals("client-ip")) {
                return Optional.of(new Affinity(AFFINITY));
            }
            Optional<Duration> time = value.read(Formats::duration, "write client-ip, or for how long: 1h");
            if (time.filter(t -> t.toSeconds() < 1 || t.toSeconds() > LONGEST_AFFINITY)
                    .isPresent()) {
                value.refuse("'" + value.text() + "' is not from 1s to 1d", "write client-ip, or for how long: 1h");
                return Optional.empty();
            }
            return time.map(t -> new Affinity((int) t.toSeconds()));
        });
    }
}
