package io.landfall.deploy.instances;

import io.landfall.deploy.Container;
import io.landfall.deploy.Container.Resources;
import io.landfall.deploy.Port;
import io.landfall.deploy.Probe;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what runs in the pods. */
final class ContainerReading {

    /** Where the images of the house have it. */
    static final String AGENT_DEFAULT = "/opt/agent/cat-ip-shim.jar";

    /** CAT's own, which cannot be changed. */
    private static final List<Port> CAT_PORTS = List.of(new Port("messages", 2280), new Port("http", 8080));

    /** What the template sets, from the pod. */
    private static final Set<String> TAKEN = Set.of("POD_NAME", "POD_NAMESPACE", "POD_IP");

    private final Fields table;
    private final boolean cat;
    private final Complaints complaints;

    ContainerReading(Fields table, boolean cat, Complaints complaints) {
        this.table = table;
        this.cat = cat;
        this.complaints = complaints;
    }

    Optional<Container> read() {
        Optional<String> image =
                table.required("image").flatMap(value -> value.read(Formats::image, "write registry/name:tag"));
        List<Port> ports = ports();
        Optional<Probe> probe = ports.isEmpty() ? Optional.empty() : Optional.of(probe(ports));
        List<String> command = table.words("command").stream().map(Value::text).toList();
        Map<String, String> environment = environment();
        Optional<String> agent = agent();
        Optional<Resources> resources = table.mapping("resources").flatMap(ContainerReading::resources);
        return image.flatMap(
                name -> probe.map(ready -> new Container(name, command, environment, agent, ports, ready, resources)));
    }

    private List<Port> ports() {
        if (cat) {
            if (table.has("ports")) {
                complaints.add(
                        table.line("ports"),
                        table.where("ports"),
                        "CAT's are 2280 and 8080",
                        "leave it out for kind: cat");
            }
            return CAT_PORTS;
        }
        if (!table.has("ports")) {
            table.missing("ports");
        }
        List<Port> ports = new ArrayList<>();
        for (Node item : table.items("ports")) {
            Fields.of(item, table.where("ports."), complaints)
                    .flatMap(ContainerReading::port)
                    .ifPresent(ports::add);
        }
        noDuplicates(ports);
        return ports;
    }

    private static Optional<Port> port(Fields fields) {
        Optional<String> name = fields.required("name").flatMap(value -> value.name(NameRule.PORT_NAME));
        Optional<Integer> number =
                fields.required("port").flatMap(value -> value.read(Formats::port, "write one such as 8080"));
        fields.end();
        return name.flatMap(text -> number.map(port -> new Port(text, port)));
    }

    private void noDuplicates(List<Port> ports) {
        Set<Object> seen = new HashSet<>();
        for (Port port : ports) {
            boolean named = seen.add(port.name());
            boolean numbered = seen.add(port.number());
            if (!named || !numbered) {
                complaints.add(
                        table.line("ports"),
                        table.where("ports"),
                        "the name or the number of " + port.name() + " (" + port.number() + ") is there twice",
                        "give each port a name and a number of its own");
            }
        }
    }

    private Probe probe(List<Port> ports) {
        Probe first = new Probe(ports.get(0), Optional.empty());
        return table.mapping("probe").map(fields -> probe(fields, ports, first)).orElse(first);
    }

    private static Probe probe(Fields fields, List<Port> ports, Probe first) {
        Optional<Port> port =
                fields.optional("port").flatMap(value -> value.read(name -> named(name, ports), "name one of ports"));
        Optional<String> path =
                fields.optional("path").flatMap(value -> value.read(Formats::path, "write one such as /health"));
        fields.end();
        return new Probe(port.orElse(first.port()), path);
    }

    private static Port named(String name, List<Port> ports) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no port is called '" + name + "'"));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        table.mapping("env").ifPresent(fields -> fields.all().forEach((name, value) -> {
            environment.put(name, value.text());
            if (TAKEN.contains(name)) {
                value.refuse("the template sets it", "leave it out");
            } else if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                value.refuse("that is no name of a variable", "use letters, digits and _");
            }
        }));
        return environment;
    }

    private Optional<String> agent() {
        Optional<Value> named = table.optional("agent");
        if (named.filter(value -> value.text().equals("none")).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                named.flatMap(value -> value.read(Formats::path, "write the jar's path in the image, or none"))
                        .orElse(AGENT_DEFAULT));
    }

    private static Optional<Resources> resources(Fields fields) {
        Optional<String> cpu =
                fields.required("cpu").flatMap(value -> value.read(Formats::quantity, "write one such as 500m"));
        Optional<String> memory =
                fields.required("memory").flatMap(value -> value.read(Formats::quantity, "write one such as 2Gi"));
        fields.end();
        return cpu.flatMap(processors -> memory.map(bytes -> new Resources(processors, bytes)));
    }
}
