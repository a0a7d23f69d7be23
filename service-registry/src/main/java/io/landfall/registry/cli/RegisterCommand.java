package io.landfall.registry.cli;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.Registration;
import io.landfall.registry.RegistrationBuilder;
import io.landfall.registry.RegistrySettings;
import io.landfall.registry.ServiceRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Registers the process beside this one, until SIGTERM. Options are text at first, so that all that is wrong is said at once. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Registers the process beside it once that is ready, and withdraws it on SIGTERM, or when it is no longer ready.",
            "The address and the pod's name come from where a Java service takes them: LANDFALL_REGISTRY_ADDRESS, the file"
                    + " /etc/landfall/eip, POD_NAME."
        })
final class RegisterCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--service", paramLabel = "NAME", description = "The service's name, such as orders.")
    private @Nullable String service;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the process listens; the port outside too, unless the address has another.")
    private @Nullable String port;

    @Option(names = "--pod", paramLabel = "NAME", description = "The pod's name; else from POD_NAME.")
    private @Nullable String pod;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "The address outside, such as 203.0.113.10:30080; else from where the pod has it.")
    private @Nullable String address;

    @Option(
            names = "--ready-url",
            paramLabel = "URL",
            description =
                    "Answers with a 2xx when the process takes calls; without it, --port must accept connections.")
    private @Nullable String readyUrl;

    @Option(
            names = "--unready-after",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "For how long it may be unready before it is withdrawn (default: ${DEFAULT-VALUE}).")
    private String unreadyAfter = "";

    @Option(
            names = "--withdraw-within",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "For how long SIGTERM waits for the registry (default: ${DEFAULT-VALUE}).")
    private String withdrawWithin = "";

    @Option(
            names = "--health-path",
            paramLabel = "PATH",
            description = "Where consumers see the process' health, such as /health.")
    private @Nullable String healthPath;

    @Option(
            names = "--metadata",
            paramLabel = "KEY=VALUE",
            description = "What consumers may want to know; repeatable.")
    private List<String> metadata = new ArrayList<>();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    RegisterCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Plan plan = plan();
        try (Termination termination = Termination.install()) {
            Registration registration = plan.instance().in(plan.registry());
            Sidecar sidecar = new Sidecar(plan.process(), registration, plan.unreadyAfter());
            termination.undoing(sidecar::stop);
            sidecar.run();
        }
        return 0;
    }

    /** What is to be done, once nothing is wrong. */
    private record Plan(
            RegistrationBuilder instance, ServiceRegistry registry, ReadyCheck process, Duration unreadyAfter) {}

    private Plan plan() {
        Arguments arguments = new Arguments();
        Optional<ServiceRegistry> where = registry.open(arguments, environment);
        int listens = arguments.port("--port", port);
        RegistrationBuilder instance = instance(arguments, listens);
        ReadyCheck process = process(arguments, listens);
        Duration patience = arguments.duration("--unready-after", unreadyAfter);
        arguments.check(spec.commandLine());
        return new Plan(instance, where.orElseThrow(), process, patience);
    }

    private RegistrationBuilder instance(Arguments arguments, int listens) {
        RegistrationBuilder instance = Registration.of(arguments.name("--service", service))
                .port(listens)
                .metadata(arguments.pairs("--metadata", metadata))
                .withdrawWithin(arguments.duration("--withdraw-within", withdrawWithin));
        Optional.ofNullable(healthPath).ifPresent(instance::healthPath);
        arguments.read(this::settings).ifPresent(instance::settings);
        arguments.addAll(instance.violations());
        return instance;
    }

    private RegistrySettings settings() {
        Map<String, String> given = new HashMap<>(Map.of("landfall.registry.enabled", "true"));
        Optional.ofNullable(pod).ifPresent(name -> given.put("landfall.pod.name", name));
        Optional.ofNullable(address)
                .map(ExternalAddress::parse)
                .ifPresent(parsed -> given.put("landfall.registry.address", parsed.toString()));
        return RegistrySettings.read(
                name -> given.containsKey(name) ? given.get(name) : System.getProperty(name), environment);
    }

    private ReadyCheck process(Arguments arguments, int listens) {
        return Optional.ofNullable(readyUrl)
                .flatMap(url -> arguments.read(() -> ReadyCheck.http(url(url))))
                .orElseGet(() -> ReadyCheck.tcp(listens));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text.strip());
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException noUrl) {
            // said below
        }
        throw new IllegalArgumentException(
                "--ready-url is no URL without credentials: write one such as http://127.0.0.1:8080/health");
    }
}
