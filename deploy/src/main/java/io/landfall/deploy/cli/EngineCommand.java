package io.landfall.deploy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Carries releases out. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Carries out the releases of a namespace until it is told to end (SIGTERM).",
            "Of several engines one acts, and another takes over when that one dies: start two."
        })
final class EngineCommand implements Callable<Integer> {

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    EngineCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Termination termination = around.termination().get();
                ReleaseDesk desk = around.desks().apply(place.read())) {
            ReleaseDesk.Driving engine = desk.drive();
            try {
                spec.commandLine().getErr().println("engine for " + desk.namespace() + " is up");
                termination.await();
            } finally {
                engine.close();
            }
        }
        return ExitCodes.DONE;
    }
}
