package io.landfall.deploy.application.file;

import io.landfall.deploy.Port;
import io.landfall.deploy.application.DeployConfiguration;
import io.landfall.deploy.application.DeployConfiguration.Probes;
import io.landfall.deploy.application.DeployConfiguration.Resources;
import io.landfall.deploy.application.DeployConfiguration.Variable;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads what runs in a pod. */
final class DeployReading {

    private static final String ENV = "env";
    private static final String SECRET = "secret";
    private static final String CONFIG_MAP = "config-map";
    /** What the template sets, from the pod. */
    private static final Set<String> TAKEN = Set.of("POD_NAME", "POD_NAMESPACE", "POD_IP");

    private final FilesReading files;
    private final Complaints complaints;

    DeployReading(Path directory, Complaints complaints) {
        this.files = new FilesReading(directory);
        this.complaints = complaints;
    }

    Optional<DeployConfiguration> read(Fields environment) {
        if (!environment.has("deploy")) {
            environment.missing("deploy");
        }
        return environment.mapping("deploy").map(this::configuration);
    }

    private DeployConfiguration configuration(Fields fields) {
        String image = fields.required("image")
                .flatMap(value -> value.read(
                        ImageReference::repository, "write registry/name, without tag: a release says which one"))
                .orElse("");
        List<String> command = fields.words("command").stream().map(Value::text).toList();
        Optional<Resources> resources = fields.mapping("resources").flatMap(DeployReading::resources);
        Map<String, Variable> variables = new TreeMap<>();
        fields.mapping(ENV).ifPresent(env -> variables(env, variables));
        List<Port> ports = ports(fields);
        Probes probes = new ProbeReading(ports, complaints).read(fields);
        DeployConfiguration deploy =
                new DeployConfiguration(image, command, resources, variables, files.read(fields), ports, probes);
        fields.end();
        return deploy;
    }

    private static Optional<Resources> resources(Fields fields) {
        String remedy = "write one such as 500m";
        Optional<String> cpu = fields.required("cpu").flatMap(value -> value.read(Formats::quantity, remedy));
        Optional<String> limit = fields.optional("cpu-limit").flatMap(value -> value.read(Formats::quantity, remedy));
        Optional<String> memory =
                fields.required("memory").flatMap(value -> value.read(Formats::quantity, "write one such as 2Gi"));
        fields.end();
        return cpu.flatMap(processors -> memory.map(bytes -> new Resources(processors, limit, bytes)));
    }

    private void variables(Fields env, Map<String, Variable> variables) {
        for (String name : env.keys()) {
            env.name(name, NameRule.VARIABLE);
            if (TAKEN.contains(name)) {
                env.refuse(name, "the template sets it", "leave it out");
            }
            variable(env, name).ifPresent(value -> variables.put(name, value));
        }
    }

    /** Text as it stands, blanks and nothing included. */
    private Optional<Variable> variable(Fields env, String name) {
        Optional<Node> node = env.any(name);
        if (node.orElse(null) instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
            return Optional.of(new Variable.Text(scalar.getValue()));
        }
        if (env.isWord(name)) {
            env.refuse(name, "is empty", "write \"\" for a variable without a value");
            return Optional.empty();
        }
        return env.mapping(name).flatMap(this::reference);
    }

    private Optional<Variable> reference(Fields fields) {
        String kind = fields.has(CONFIG_MAP) ? CONFIG_MAP : SECRET;
        Optional<String> object = fields.required(kind).flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        Optional<String> key = fields.required("key").flatMap(value -> value.name(NameRule.CONFIG_MAP_KEY));
        fields.end();
        return object.flatMap(named -> key.map(at ->
                kind.equals(SECRET) ? new Variable.FromSecret(named, at) : new Variable.FromConfigMap(named, at)));
    }

    private List<Port> ports(Fields fields) {
        List<Port> ports = new ArrayList<>();
        fields.mapping("ports").ifPresent(named -> {
            Set<Integer> seen = new HashSet<>();
            for (String name : named.keys()) {
                named.name(name, NameRule.PORT_NAME);
                named.optional(name)
                        .flatMap(value -> value.read(Formats::port, "write one such as 8080"))
                        .ifPresent(number -> {
                            ports.add(new Port(name, number));
                            if (!seen.add(number)) {
                                named.refuse(name, number + " is there twice", "give each port a number of its own");
                            }
                        });
            }
        });
        return ports;
    }
}
