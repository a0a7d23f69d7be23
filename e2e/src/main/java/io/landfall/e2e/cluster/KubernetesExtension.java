package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a test a {@link TestNamespace} on a real Kubernetes: the user's own where {@code LANDFALL_KUBECONFIG} is set, else
 * the one that {@code e2e/cluster/cluster up} makes, which needs root. It is started once a run and left up for the next
 * run, but for CI (the environment variable {@code CI} is {@code true}), where it is taken down at the end.
 *
 * <p>Where there is neither, tests are skipped with a line that says so; in CI they fail.
 */
public final class KubernetesExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    private static final Logger log = LoggerFactory.getLogger(KubernetesExtension.class);
    private static final Namespace STORE = Namespace.create(KubernetesExtension.class);
    /** What is left of Kubernetes' 63 after what is put around it. */
    private static final int LONGEST_NAME = 45;

    private static final String HOW_TO_GET_THEM =
            "The tests on a real Kubernetes are skipped: run them as root (on Debian; a cluster is then started on this"
                    + " machine), or name a cluster of yours with LANDFALL_KUBECONFIG; see e2e/README.md.";

    /** Called by JUnit. */
    public KubernetesExtension() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Map<String, String> environment = System.getenv();
        if (Cluster.source(environment, System.getProperty("user.name", "")) != Cluster.Source.NONE) {
            return ConditionEvaluationResult.enabled("there is a Kubernetes, or root to start one");
        }
        if (isCi(environment)) {
            throw new IllegalStateException("CI must run the tests on a real Kubernetes. " + HOW_TO_GET_THEM);
        }
        log.warn(HOW_TO_GET_THEM);
        return ConditionEvaluationResult.disabled(HOW_TO_GET_THEM);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestNamespace.class;
    }

    @Override
    public TestNamespace resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Cluster cluster = context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(SharedCluster.class, key -> SharedCluster.start(), SharedCluster.class)
                .cluster;
        String test = nameOf(context);
        Path folder = Path.of(System.getProperty("basedir", "."), "target", test);
        String start = test.substring(0, Math.min(LONGEST_NAME, test.length())).replaceAll("-+$", "");
        TestNamespace namespace = TestNamespace.create(
                cluster, "e2e-" + start + "-" + Long.toString(System.currentTimeMillis() % 1_000_000, 36), folder);
        context.getStore(STORE).put(TestNamespace.class, namespace);
        return namespace;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional.ofNullable(context.getStore(STORE).remove(TestNamespace.class, TestNamespace.class))
                .ifPresent(namespace -> end(namespace, context.getExecutionException()));
    }

    private static void end(TestNamespace namespace, Optional<Throwable> failure) {
        try (namespace) {
            failure.ifPresent(f -> Evidence.collect(namespace));
        }
    }

    /** Class, method and, where there are several of one method, which one: as Kubernetes allows names, and of any length. */
    private static String nameOf(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String display = context.getDisplayName();
        String words = context.getRequiredTestClass().getSimpleName().replaceFirst("IT$", "") + "-" + method
                + (display.startsWith(method) ? "" : "-" + display);
        return words.replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("-+$", "");
    }

    private static boolean isCi(Map<String, String> environment) {
        return "true".equals(environment.get("CI"));
    }

    /** Lives as long as the run. */
    private static final class SharedCluster implements AutoCloseable {
        private final Cluster cluster;

        private SharedCluster(Cluster cluster) {
            this.cluster = cluster;
        }

        static SharedCluster start() {
            Map<String, String> environment = System.getenv();
            Cluster cluster = Cluster.source(environment, System.getProperty("user.name", "")) == Cluster.Source.USERS
                    ? Cluster.ofUser(environment)
                    : Cluster.up(ClusterScript.ofThisModule(), environment);
            try (KubernetesClient client = cluster.connect()) {
                removeLeftOvers(client);
                cluster.script()
                        .map(script -> new Images(script, client))
                        .ifPresent(images -> images.load(Images.ofThisBuild()));
            }
            return new SharedCluster(cluster);
        }

        /** Of runs that were killed. */
        private static void removeLeftOvers(KubernetesClient client) {
            client.namespaces()
                    .withLabel(TestNamespace.LABEL)
                    .list()
                    .getItems()
                    .forEach(namespace ->
                            TestNamespace.remove(client, namespace.getMetadata().getName()));
        }

        @Override
        public void close() {
            if (isCi(System.getenv())) {
                cluster.script().ifPresent(ClusterScript::down);
            }
        }
    }
}
