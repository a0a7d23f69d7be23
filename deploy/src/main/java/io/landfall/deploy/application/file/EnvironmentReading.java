package io.landfall.deploy.application.file;

import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.ConfigSource;
import io.landfall.deploy.application.DeployConfiguration;
import io.landfall.deploy.application.DeployConfiguration.Probes;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.application.Place;
import io.landfall.deploy.application.Rollout;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.instances.InstanceTableReader;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one environment, after what is said of all of them was laid below it. */
final class EnvironmentReading {

    private static final String INSTANCES = "instances";
    private static final String REGISTERED = "registered-address";

    private final String application;
    private final ApplicationType type;
    private final Path directory;
    private final Complaints complaints;

    EnvironmentReading(String application, ApplicationType type, Path directory, Complaints complaints) {
        this.application = application;
        this.type = type;
        this.directory = directory;
        this.complaints = complaints;
    }

    Optional<Environment> read(String name, Fields fields) {
        Optional<String> namespace = fields.required("namespace").flatMap(value -> value.name(NameRule.NAMESPACE));
        Optional<Place> cluster = fields.mapping("cluster").map(this::cluster);
        Rollout rollout = new RolloutReading(complaints).read(fields);
        Optional<DeployConfiguration> deploy = new DeployReading(directory, complaints).read(fields);
        ParameterValues parameters = ParameterReading.read(fields, type);
        Optional<ConfigSource> config = new ConfigReading(directory).read(fields, application);
        List<TrafficAccess> traffic =
                new TrafficReading(deploy.map(DeployConfiguration::ports).orElse(List.of())).read(fields);
        refuseTraffic(fields, traffic);
        Optional<String> registered = registered(fields, traffic);
        Optional<InstanceTable> instances = instances(fields);
        instances.ifPresent(table -> deploy.ifPresent(runs -> refuseBesideTable(fields, runs, parameters)));
        fields.end();
        return namespace.flatMap(where -> deploy.map(runs -> new Environment(
                name,
                new Place(cluster.flatMap(Place::kubeconfig), cluster.flatMap(Place::context), where),
                rollout,
                runs,
                parameters,
                config,
                traffic,
                registered,
                instances)));
    }

    /** The namespace is not known here yet. */
    private Place cluster(Fields fields) {
        Optional<Path> kubeconfig = fields.optional("kubeconfig").map(value -> directory.resolve(value.text()));
        Optional<String> context = fields.optional("context").map(Value::text);
        fields.end();
        return new Place(kubeconfig, context, "");
    }

    private void refuseTraffic(Fields fields, List<TrafficAccess> traffic) {
        if (type.workload() == Workload.CRON_JOB && !traffic.isEmpty()) {
            fields.refuse("traffic", "nobody can call a job that runs at times", "leave it out");
        }
    }

    /** What pods register: what is said, or else the first address outside. */
    private static Optional<String> registered(Fields fields, List<TrafficAccess> traffic) {
        Optional<String> named = fields.optional(REGISTERED)
                .flatMap(value -> value.read(
                        EnvironmentReading::address,
                        "write an address, a host name, or a wildcard name such as *.example.com"));
        return named.or(() -> traffic.stream()
                .filter(access -> access.reach() == Reach.EXTERNAL)
                .flatMap(access -> access.address().stream())
                .map(IpAddress::text)
                .findFirst());
    }

    private static String address(String text) {
        if (!text.matches("[*A-Za-z0-9.:\\[\\]-]{1,260}")) {
            throw new IllegalArgumentException("'" + text + "' is no address");
        }
        return text;
    }

    private Optional<InstanceTable> instances(Fields fields) {
        Optional<Value> named = fields.optional(INSTANCES);
        if (named.isPresent() && type.workload() != Workload.STATEFUL_SET) {
            named.get().refuse("only a StatefulSet has instances", "leave it out, or write type: stateful");
            return Optional.empty();
        }
        return named.flatMap(this::table);
    }

    /** The table is the whole of the pods but for their image: what is said beside it would be lost. */
    private static void refuseBesideTable(Fields fields, DeployConfiguration deploy, ParameterValues parameters) {
        List<String> lost = new ArrayList<>();
        Probes probes = deploy.probes();
        lost.addAll(deploy.command().isEmpty() ? List.of() : List.of("deploy.command"));
        lost.addAll(deploy.resources().isEmpty() ? List.of() : List.of("deploy.resources"));
        lost.addAll(deploy.variables().isEmpty() ? List.of() : List.of("deploy.env"));
        lost.addAll(deploy.files().isEmpty() ? List.of() : List.of("deploy.files"));
        lost.addAll(
                Stream.of(probes.readiness(), probes.liveness(), probes.startup())
                                .allMatch(Optional::isEmpty)
                        ? List.of()
                        : List.of("deploy.probes"));
        lost.addAll(fields.has("replicas") ? List.of("replicas") : List.of());
        Stream.of("storage-size", "storage-class")
                .filter(name -> parameters.text(name).isPresent())
                .forEach(name -> lost.add("parameters." + name));
        if (!lost.isEmpty()) {
            fields.refuse(
                    INSTANCES,
                    "the table says what its pods are, and " + String.join(", ", lost) + " would say it too",
                    "write that into the table");
        }
    }

    private Optional<InstanceTable> table(Value file) {
        try {
            InstanceTable table =
                    InstanceTableReader.read(file.text(), Files.readString(directory.resolve(file.text())));
            if (!table.name().equals(application)) {
                file.refuse("its name is '" + table.name() + "'", "give it the application's, " + application);
            }
            return Optional.of(table);
        } catch (RefusedException wrong) {
            complaints.add(file.line(), wrong.violations());
        } catch (IOException missing) {
            file.refuse(
                    "'" + file.text() + "' cannot be read",
                    "name a table of instances, beginning in the directory of this file");
        }
        return Optional.empty();
    }
}
