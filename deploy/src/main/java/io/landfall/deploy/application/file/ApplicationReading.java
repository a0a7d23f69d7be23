package io.landfall.deploy.application.file;

import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationTypes;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.application.ImageBuild;
import io.landfall.deploy.application.Place;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.names.WorkloadNames;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Nearest;
import io.landfall.deploy.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads what is true of the application in all environments, and hands those on. */
final class ApplicationReading {

    private static final String APPLICATION = "application";
    private static final String ENVIRONMENTS = "environments";
    /** What an environment can say too. */
    private static final List<String> BOTH = List.of(
            "cluster",
            "namespace",
            "replicas",
            "batches",
            "conduct",
            "deploy",
            "parameters",
            "config",
            "traffic",
            "load-balancer",
            "registered-address",
            "instances");

    /** In place of a type that is unknown, so that everything else is looked at all the same. */
    private static final ApplicationType ANY =
            new ApplicationType(ParameterReading.UNKNOWN_TYPE, ApplicationType.Workload.DEPLOYMENT, List.of());

    private final Path directory;
    private final Complaints complaints;
    private final Application.Source source;
    private final Function<Optional<Path>, ? extends ApplicationTypes> types;

    ApplicationReading(
            Path directory,
            Complaints complaints,
            Application.Source source,
            Function<Optional<Path>, ? extends ApplicationTypes> types) {
        this.directory = directory;
        this.complaints = complaints;
        this.source = source;
        this.types = types;
    }

    Optional<Application> read(Fields fields, MappingNode root) {
        Optional<Value> name = fields.required(APPLICATION);
        Optional<ApplicationType> type = type(fields);
        Optional<String> owner = fields.required("owner").map(Value::text);
        Optional<String> partOf = fields.optional("part-of").flatMap(value -> value.name(NameRule.LABEL_VALUE));
        List<String> modules = fields.words("modules").stream().map(Value::text).toList();
        Optional<ImageBuild> build = new BuildReading(complaints).read(fields, modules);
        List<Environment> environments =
                environments(fields, root, name.map(Value::text).orElse(APPLICATION), type.orElse(ANY));
        name.ifPresent(value -> checkName(value, type.orElse(ANY)));
        BOTH.forEach(fields::has);
        fields.end();
        return name.flatMap(called -> type.flatMap(kind -> owner.map(who -> new Application(
                called.text(), kind, who, partOf.orElse(called.text()), modules, build, environments, source))));
    }

    private Optional<ApplicationType> type(Fields fields) {
        Optional<Path> own = fields.optional("templates").map(value -> directory.resolve(value.text()));
        ApplicationTypes known = types.apply(own);
        return fields.required("type")
                .flatMap(value -> value.read(
                        text -> known.find(text)
                                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is unknown"
                                        + Nearest.to(text, known.names())
                                                .map(near -> ": did you mean " + near + "?")
                                                .orElse(""))),
                        "known are " + String.join(", ", known.names())));
    }

    private void checkName(Value name, ApplicationType type) {
        NameRule rule =
                switch (type.workload()) {
                    case DEPLOYMENT -> NameRule.DEPLOYMENT;
                    case STATEFUL_SET -> NameRule.STATEFUL_SET;
                    case CRON_JOB -> NameRule.CRON_JOB;
                };
        WorkloadNames.of(name.where(), name.text(), rule)
                .violations()
                .forEach(wrong -> name.refuse(wrong.problem(), wrong.remedy()));
    }

    private List<Environment> environments(Fields fields, MappingNode root, String name, ApplicationType type) {
        List<Environment> environments = new ArrayList<>();
        Optional<Fields> named = fields.mapping(ENVIRONMENTS);
        if (!fields.has(ENVIRONMENTS)) {
            fields.missing(ENVIRONMENTS);
        }
        EnvironmentReading reading = new EnvironmentReading(name, type, directory, complaints);
        MappingNode common = Layers.only(root, BOTH);
        named.ifPresent(all -> {
            if (all.keys().isEmpty()) {
                fields.refuse(ENVIRONMENTS, "there is none", "add one");
            }
            for (String environment : all.keys()) {
                all.name(environment, NameRule.DNS_LABEL);
                layered(all, environment, common)
                        .flatMap(layers -> reading.read(environment, layers))
                        .ifPresent(environments::add);
            }
            noneTwice(all, environments);
        });
        return environments;
    }

    private Optional<Fields> layered(Fields all, String environment, MappingNode common) {
        return all.any(environment)
                .flatMap(node -> node instanceof MappingNode own
                        ? Fields.of(Layers.over(own, common), "key ", complaints)
                        : Fields.of(node, "key " + ENVIRONMENTS + "." + environment, complaints));
    }

    /** Both would write the same objects. */
    private static void noneTwice(Fields all, List<Environment> environments) {
        Map<Place, String> seen = new HashMap<>();
        for (Environment environment : environments) {
            String before = seen.putIfAbsent(environment.place(), environment.name());
            if (before != null) {
                all.refuse(
                        environment.name(),
                        "has the cluster and the namespace of " + before,
                        "give each environment a namespace of its own");
            }
        }
    }
}
