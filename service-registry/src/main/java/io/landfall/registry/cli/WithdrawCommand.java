package io.landfall.registry.cli;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.ServiceInstance;
import io.landfall.registry.ServiceRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes one entry out, by its name. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "Takes out the entry of a pod that cannot do it any more. One that still runs registers anew.")
final class WithdrawCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(WithdrawCommand.class);
    /** Entries are found by their names; this one is nowhere. */
    private static final ExternalAddress ANY = ExternalAddress.parse("0.0.0.0:1");

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(names = "--service", paramLabel = "NAME", description = "The service's name, such as orders.")
    private @Nullable String service;

    @Option(names = "--pod", paramLabel = "NAME", description = "The name of the pod that left the entry.")
    private @Nullable String pod;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    WithdrawCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<ServiceRegistry> where = registry.open(arguments, environment);
        String from = arguments.name("--service", service);
        String name = arguments.name("--pod", pod);
        Optional<ServiceInstance> instance =
                arguments.read(() -> new ServiceInstance(from, name, ANY, Map.of(), Optional.empty()));
        arguments.check(spec.commandLine());
        where.orElseThrow().remove(instance.orElseThrow());
        log.info("Withdrew {} from {}", name, where.get().place());
        return 0;
    }
}
