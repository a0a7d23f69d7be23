package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.autoscaling.v1.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.landfall.e2e.cluster.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * All that an engine and a command line do, in one story: a Deployment with what leads to it and an autoscaler, a StatefulSet, versions that
 * work, one that dies with words and one that never becomes ready, a batch that somebody admits, ways back, and a way in.
 */
public final class Story {

    private static final Duration ENGINE_UP = Duration.ofSeconds(20);
    /**
     * Why an order went back, by the command line while it waits, and by the engine in the end: {@code /pause -v} says this and ends,
     * and nothing listens at the port of {@code queue}.
     */
    private static final String DIED =
            "(?s)   shop-[^\n]*last words: \"pause\\.c.*rolled-back \\([^\n]*last words: \"pause\\.c";

    private static final String NEVER_READY =
            "(?s)   queue-0: [^\n]*port peer is refused.*rolled-back \\([^\n]*port peer is refused";
    /** Whoever may not know of an engine takes it that none runs. */
    private static final String NOTHING_OF_ENGINES = "(?s)\\A(?!.*No engine runs)";

    private static final String[] WAIT = {"--wait", "--plain", "--timeout", "45s"};
    private static final String[] WAIT_FOR_FAILURE = {
        "--wait", "--plain", "--timeout", "60s", "--batch-deadline", "12s", "--back-on-failure"
    };

    private final TestNamespace namespace;
    private final Path folder;
    private final LandfallCli cli;

    /**
     * Nothing has happened yet.
     *
     * @param url where the command line finds the API server
     * @param folder where its files go
     */
    public Story(TestNamespace namespace, String url, Path folder) {
        this.namespace = namespace;
        this.folder = folder;
        template("one", WORKLOAD + ONLY_AT_FIRST);
        template("later", WORKLOAD);
        cli = new LandfallCli(url, folder);
        namespace
                .client()
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withMinReplicas(2)
                        .withMaxReplicas(3)
                        .withNewScaleTargetRef()
                        .withApiVersion("apps/v1")
                        .withKind("Deployment")
                        .withName("shop")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .inNamespace(namespace.name())
                .create();
    }

    /** Something that is done, and a pattern that must be found in what is said. */
    private record Step(List<String> arguments, int exit, String says) {

        static Step of(int exit, String says, Stream<String> arguments) {
            return new Step(arguments.toList(), exit, says);
        }
    }

    /** Tells it, up to what goes wrong; empty: nothing does. */
    public Optional<String> tell() {
        if (!engineActs()) {
            return Optional.of("no engine acts");
        }
        return steps().stream().flatMap(step -> failure(step).stream()).findFirst();
    }

    private boolean engineActs() {
        try {
            Await.until("an engine", ENGINE_UP, () -> {
                Lease lease = namespace
                        .client()
                        .leases()
                        .inNamespace(namespace.name())
                        .withName("landfall-engine")
                        .get();
                return lease != null && lease.getSpec().getHolderIdentity() != null;
            });
            return true;
        } catch (ConditionTimeoutException none) {
            return false;
        }
    }

    private Optional<String> failure(Step step) {
        LandfallCli.Said said = cli.say(step.arguments());
        return said.exit() == step.exit()
                        && Pattern.compile(step.says()).matcher(said.text()).find()
                ? Optional.empty()
                : Optional.of("landfall " + String.join(" ", step.arguments()) + " ended with " + said.exit()
                        + " instead of " + step.exit() + " or did not say '" + step.says() + "':\n" + said.text());
    }

    private List<Step> steps() {
        return List.of(
                Step.of(0, "", release(shop("one", "serve", "one"), WAIT)),
                Step.of(0, NOTHING_OF_ENGINES, release(shop("two", "serve", "later"), "--manual")),
                Step.of(0, "", here(Stream.concat(Stream.of("next", "shop"), Stream.of(WAIT)))),
                Step.of(3, DIED, release(shop("three", "-v", "later"), WAIT_FOR_FAILURE)),
                Step.of(0, "", release(queue("none"), WAIT)),
                Step.of(3, NEVER_READY, release(queue("connect"), WAIT_FOR_FAILURE)),
                Step.of(0, "", here(Stream.of("rollback", "queue", "--to-revision", "2", "--dry-run"))),
                Step.of(0, "queue-way", Stream.of("traffic", "diff", "-f", queue("none"), "-e", "test")),
                Step.of(0, "rolled-back", here(Stream.of("status"))));
    }

    private Stream<String> here(Stream<String> arguments) {
        return Stream.concat(arguments, Stream.of("-n", namespace.name()));
    }

    private Stream<String> release(String file, String... more) {
        return Stream.concat(
                Stream.of("release", "-f", file, "-e", "test", "--flow", "online", "--image", Idle.image(namespace)),
                Stream.of(more));
    }

    private void template(String name, String workload) {
        write(name + "/whole/template.yaml", TEMPLATE);
        write(name + "/whole/10-first.yaml", first());
        write(name + "/whole/20-workload.yaml", workload);
    }

    private String shop(String version, String argument, String templates) {
        return write("shop-" + version + ".yaml", """
                application: shop
                type: whole
                owner: a-test
                templates: %s
                deploy: {image: %s}
                parameters: {argument: "%s", version: %s}
                replicas: 2
                batches: 2
                conduct: {soak: 1s, gates: []}
                environments: {test: {namespace: %s}}
                """.formatted(
                        templates, repository(), argument, version, namespace.name()));
    }

    private String queue(String probes) {
        return write("queue-" + probes + ".yaml", """
                application: queue
                type: stateful
                owner: a-test
                deploy: {image: %s, ports: {peer: 7000}}
                parameters: {probes: %s, drain-deadline: 1s}
                traffic: {queue-way: {reach: internal, ports: {peer: 7000}}}
                replicas: 1
                conduct: {soak: 1s}
                environments: {test: {namespace: %s}}
                """.formatted(repository(), probes, namespace.name()));
    }

    private String repository() {
        return Idle.image(namespace).replaceFirst(":[^:]*$", "");
    }

    private static final String TEMPLATE = """
            template: whole
            description: All that an order may bring.
            workload: deployment
            parameters:
              argument: {type: string, required: true}
              version: {type: string, required: true}
            """;

    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${application}"}
            spec:
              replicas: ${replicas}
              minReadySeconds: 2
              selector: {matchLabels: {app: "${application}"}}
              template:
                metadata: {labels: {app: "${application}"}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: ${application}
                      image: ${image}
                      args: ["${argument}"]
                      env: [{name: VERSION, value: "${version}"}]
            """;

    /** What an apply does not take away. */
    private static final String ONLY_AT_FIRST = """
                      lifecycle: {preStop: {exec: {command: [/pause, -v]}}}
            """;

    private String first() {
        boolean old = namespace.client().getKubernetesVersion().getMinor().startsWith("20");
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: "${application}-settings"}
                data: {version: "${version}"}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: "${application}"}
                spec: {selector: {app: "${application}"}, ports: [{name: http, port: 80, protocol: TCP}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: "${application}"}
                spec: {defaultBackend: {service: {name: "${application}", port: {number: 80}}}}
                ---
                apiVersion: %s
                kind: PodDisruptionBudget
                metadata: {name: "${application}"}
                spec: {maxUnavailable: 1, selector: {matchLabels: {app: "${application}"}}}
                """.formatted(old ? "policy/v1beta1" : "policy/v1");
    }

    private String write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text).toAbsolutePath().toString();
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }
}
