package io.landfall.deploy.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.file.ApplicationFile;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.template.RenderRequest.Served;
import io.landfall.deploy.template.SnapshotMount.StoredIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    private static final Path APPLICATIONS = Golden.application("");
    private static final String TAG = "main-20261123-4";

    @ParameterizedTest
    @CsvSource({
        "stateless, test",
        "dubbo-provider, production",
        "dubbo-provider, test",
        "web, production",
        "stateful, production",
        "instances, production",
        "cron-job, production",
        "etl, production"
    })
    void shouldRenderTheSameBytes(String file, String environment) throws IOException {
        String yaml = rendered(file, environment).toYaml();

        assertThat(rendered(file, environment).toYaml()).isEqualTo(yaml);
        Golden.check(file + "-" + environment + ".yaml", yaml);
    }

    @Test
    void shouldKeepTheOldCronJobWhereTheNewIsNotServed() throws IOException {
        RenderRequest request = request("cron-job", "production");

        HasMetadata beta = templates().render(request.on(Served.CRON_JOB_BETA)).workload();

        assertThat(beta.getApiVersion()).isEqualTo("batch/v1beta1");
        HasMetadata current = templates().render(request).workload();
        assertThat(yaml(beta)).isEqualTo(yaml(current).replace("batch/v1", "batch/v1beta1"));
    }

    @Test
    void shouldMountASnapshotWithItsHotRevision() {
        PodSpec pod = pod(rendered("dubbo-provider", "production"));

        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals("config"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getProjected().getSources())
                        .extracting(source -> source.getConfigMap() != null
                                ? "ConfigMap " + source.getConfigMap().getName()
                                : "Secret " + source.getSecret().getName())
                        .containsExactly("ConfigMap orders-config-1.4.2", "Secret orders-config-1.4.2--abc-secret-1"));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals("live"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getProjected().getSources()).allSatisfy(source -> assertThat(
                                        source.getConfigMap() != null
                                                ? source.getConfigMap().getOptional()
                                                : source.getSecret().getOptional())
                                .isTrue()));
    }

    @Test
    void shouldNameFilesByTheirContent(@TempDir Path directory) throws IOException {
        String before = filesOf(directory, "{\"limit\": 10}");
        String after = filesOf(directory, "{\"limit\": 11}");

        assertThat(before).matches("nightly-files-[0-9a-f]{10}").isNotEqualTo(after);
        assertThat(filesOf(directory, "{\"limit\": 10}")).isEqualTo(before);
    }

    private static String filesOf(Path directory, String content) throws IOException {
        Files.createDirectories(directory.resolve("files"));
        Files.writeString(directory.resolve("files/rules.json"), content);
        Path file = Files.copy(
                Golden.application("cron-job.yaml"),
                directory.resolve("landfall.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Application application = ApplicationFile.read(file, Templates::in);
        Rendered rendered = templates()
                .render(RenderRequest.of(
                        application, application.environment("production"), ImageReference.parse("a/b:1")));
        return rendered.first().get(0).getMetadata().getName();
    }

    @Test
    void shouldLetNoValueBeMoreThanAValue() {
        ConfigMap settings = (ConfigMap) rendered("etl", "production").first().get(0);

        assertThat(settings.getMetadata().getName()).isEqualTo("loader-settings");
        assertThat(settings.getData())
                .containsOnly(
                        Map.entry("queue", "a: {b}\n- c # \"d\""),
                        Map.entry("greeting", "yes"),
                        Map.entry("fast", "on production of team: \"data\" {x}, ${kept} $(POD_NAME)"));
    }

    /** Whatever YAML would make of it where it stood by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true", "null", "~", "0o17", "0x1f", "1e3", "012", "1:30", "2026-11-23", "", " ", "- a", "a: b",
                        "{a: b}", "[a]",
                "# no", "a #no", "&a", "*a", "!!int 3", "!!java.net.URL [x]", "%a", "@a", "`a", "|", ">", "? a", "'",
                        "\"", "\\",
                "a\nb: c\n", "---\nkind: Secret", "a\tb", "a\rb", "\u0085", "\u2028", "\ufeff", "订单", "😀", "${heap}",
                        "$${heap}"
            })
    void shouldBringEveryTextThrough(String text) throws IOException {
        RenderRequest loader = request("etl", "production");
        Application owned = new Application(
                "loader",
                loader.application().type(),
                text,
                "loader",
                List.of(),
                Optional.empty(),
                loader.application().environments(),
                loader.application().source());
        RenderRequest request = RenderRequest.of(owned, loader.environment(), loader.image());

        List<HasMetadata> objects = Placeholders.of(request).objects("a.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data:
                  whole: ${owner}
                  quoted: "${owner}"
                  part: <${owner}>
                """);

        assertThat(objects).singleElement().satisfies(object -> assertThat(((ConfigMap) object).getData())
                .containsOnly(
                        Map.entry("whole", text), Map.entry("quoted", text), Map.entry("part", "<" + text + ">")));
    }

    @Test
    void shouldGivePortsTheTransportThatServicesLookFor(@TempDir Path directory) throws IOException {
        String text = """
                application: names
                type: stateless
                owner: o
                deploy: {image: a/b, ports: {dns: 53, http: 8080}}
                environments: {test: {namespace: shop}}
                traffic: {names: {ports: {dns: {port: 53, transport: udp}, http: 80}}}
                """;
        Path file = Files.writeString(directory.resolve("landfall.yaml"), text);
        Application names = ApplicationFile.read(file, Templates::in);

        Rendered rendered =
                templates().render(RenderRequest.of(names, names.environment("test"), ImageReference.parse("a/b:1")));

        assertThat(pod(rendered).getContainers().get(0).getPorts())
                .extracting(port -> port.getName() + " " + port.getProtocol())
                .containsExactly("dns UDP", "http TCP");
        Files.writeString(file, text.replace("http: 80}", "tcp: {port: 53, target: dns}}"));
        assertThatThrownBy(() -> ApplicationFile.read(file, Templates::in))
                .hasMessage(
                        "landfall.yaml:6 key traffic: TCP and UDP both lead to the port 'dns'; write the port's number as the"
                                + " target of UDP");
    }

    @Test
    void shouldCompleteATeamsOwnTemplate() {
        Rendered rendered = rendered("etl", "production");
        PodSpec pod = pod(rendered);

        assertThat(((Deployment) rendered.workload()).getSpec().getReplicas()).isEqualTo(2);
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(60);
        assertThat(pod.getPriority()).isNull();
        assertThat(pod.getContainers().get(0).getEnv()).isEmpty();
        assertThat(pod.getContainers().get(1).getStdin()).isTrue();
        assertThat(pod.getContainers().get(1).getArgs()).containsExactly("-mode", "fast");
        assertThat(pod.getContainers().get(1).getEnv().stream()
                        .filter(variable -> variable.getValue() != null)
                        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue)))
                .containsEntry("TRACE", "true")
                .containsEntry("HEAP", "512Mi")
                .containsEntry("LANDFALL_DRAIN_GRACEPERIOD", "60s")
                .containsEntry("POD_NAME", "mine")
                .containsEntry("SPRING_CONFIG_IMPORT", "snapshot:");
        assertThat(pod.getContainers().get(1).getVolumeMounts())
                .extracting(mount -> mount.getMountPath())
                .containsExactly("/etc/landfall/eip", "/etc/landfall/config", "/etc/landfall/config-live");
    }

    @Test
    void shouldSayWhatIsWrongWithATeamsTemplates(@TempDir Path directory) throws IOException {
        Path etl = Files.createDirectories(directory.resolve("etl"));
        Files.writeString(etl.resolve("template.yaml"), """
                template: etl
                workload: deployment
                parameters:
                  heap: {type: quantity, default: lots}
                  image: {type: string}
                  mode: {type: choice}
                  size: {type: nummer}
                """);
        Path job = Files.createDirectories(directory.resolve("job"));
        Files.writeString(job.resolve("template.yaml"), "template: job\nworkload: cron-job\n");
        Files.writeString(job.resolve("job.yaml"), "kind: CronJob\nspec: {schedule: \"${schedul}\", x: \"${HOME}\"}\n");
        Files.writeString(job.resolve("bad.yaml"), "a: [b\n");

        assertThatThrownBy(() -> Templates.in(Optional.of(directory)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.violations())
                        .extracting(Object::toString)
                        .satisfiesExactly(
                                one -> assertThat(one)
                                        .isEqualTo(
                                                "etl/template.yaml:4 key parameters.heap.default: 'lots' is no quantity such as"
                                                        + " 100Gi or 500m; write one that users could write"),
                                two -> assertThat(two)
                                        .startsWith(
                                                "etl/template.yaml:5 key parameters.image: no parameter may be called so; use"),
                                three -> assertThat(three)
                                        .isEqualTo(
                                                "etl/template.yaml:6 key parameters.mode.choices: is missing; name some"),
                                four -> assertThat(four)
                                        .startsWith(
                                                "etl/template.yaml:7 key parameters.size.type: 'nummer' is unknown"),
                                five -> assertThat(five).startsWith("job/bad.yaml:"),
                                six -> assertThat(six)
                                        .isEqualTo(
                                                "job/job.yaml:2: '${HOME}' is no parameter of this template; for these very"
                                                        + " characters write $${HOME}"),
                                seven -> assertThat(seven)
                                        .startsWith("job/job.yaml:2: '${schedul}' is no parameter of this template;")));
    }

    @Test
    void shouldRefuseASecondTemplateOfAName(@TempDir Path directory) throws IOException {
        Path web = Files.createDirectories(directory.resolve("web"));
        Files.writeString(web.resolve("template.yaml"), "template: web\nworkload: deployment\n");

        assertThatThrownBy(() -> Templates.in(Optional.of(directory)))
                .hasMessage("template web: there are two of this name; give yours a name of its own");
    }

    @Test
    void shouldRefuseNamesThatKubernetesWould(@TempDir Path directory) throws IOException {
        Path etl = Files.createDirectories(directory.resolve("templates/etl"));
        Files.writeString(etl.resolve("template.yaml"), "template: etl\nworkload: deployment\n");
        Files.writeString(etl.resolve("all.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: "2_${application}", labels: {"a b": "-"}}
                spec: {ports: [{name: Http, port: 80}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: "${application}"}
                spec: {template: {spec: {containers: [{name: X, ports: [{name: a-name-that-is-long, containerPort: 1}]}]}}}
                """);
        Path file = Files.writeString(directory.resolve("landfall.yaml"), """
                application: a
                type: etl
                owner: o
                templates: templates
                deploy: {image: a/b}
                environments: {test: {namespace: shop}}
                """);
        Application application = ApplicationFile.read(file, Templates::in);
        RenderRequest request =
                RenderRequest.of(application, application.environment("test"), ImageReference.parse("a/b:1"));

        assertThatThrownBy(() -> Templates.in(Optional.of(directory.resolve("templates")))
                        .render(request))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.violations())
                        .extracting(violation -> violation.place() + " -> " + violation.remedy())
                        .containsExactly(
                                "Service 2_a -> write app-2-a",
                                "Service 2_a -> write a-b",
                                "Service 2_a -> write app",
                                "Service 2_a -> write http",
                                "Deployment a -> write x",
                                "Deployment a -> write a-name-that-is"));
    }

    @Test
    void shouldRefuseAScheduleThatIsNone(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("landfall.yaml"),
                Files.readString(Golden.application("cron-job.yaml"))
                        .replace("30 2 * * *", "half past two")
                        .replaceAll("(?m)^  files:.*$", ""));
        Application application = ApplicationFile.read(file, Templates::in);

        assertThatThrownBy(() -> templates()
                        .render(RenderRequest.of(
                                application, application.environment("production"), ImageReference.parse("a/b:1"))))
                .hasMessageContaining("'half past two' is no schedule; write minute, hour, day, month");
    }

    private static Rendered rendered(String file, String environment) {
        return templates(file).render(request(file, environment));
    }

    private static RenderRequest request(String file, String environment) {
        Application application = ApplicationFile.read(Golden.application(file + ".yaml"), Templates::in);
        String repository = application.environment(environment).deploy().image();
        RenderRequest request = RenderRequest.of(
                        application, application.environment(environment), ImageReference.parse(repository + ":" + TAG))
                .madeOf("0123456789abcdef0123456789abcdef01234567");
        return application.environment(environment).config().isEmpty() && !file.equals("etl")
                ? request
                : request.with(new SnapshotMount(
                        application.name(),
                        "1.4.2",
                        List.of(
                                new StoredIn(false, application.name() + "-config-1.4.2"),
                                new StoredIn(true, application.name() + "-config-1.4.2--abc-secret-1"))));
    }

    private static Templates templates() {
        return Templates.standard();
    }

    private static Templates templates(String file) {
        return file.equals("etl")
                ? Templates.in(Optional.of(APPLICATIONS.resolve("team-templates")))
                : Templates.standard();
    }

    private static PodSpec pod(Rendered rendered) {
        return Pods.template(rendered.workload()).orElseThrow().getSpec();
    }

    private static String yaml(HasMetadata object) {
        return new Rendered(List.of(), object).toYaml();
    }
}
