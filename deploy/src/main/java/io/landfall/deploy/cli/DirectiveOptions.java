package io.landfall.deploy.cli;

import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.StoredOrder;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands have that say something of a running release. */
final class DirectiveOptions {

    @Mixin
    private WorkloadOption workload = new WorkloadOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private AuthorOption author = new AuthorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    Place place() {
        return place.read();
    }

    WorkloadOption workload() {
        return workload;
    }

    String author(Map<String, String> environment) {
        return author.read(environment);
    }

    /**
     * Says it, and looks on if that is wanted.
     *
     * @param said in a word
     * @param asked the outcome that is a success here
     */
    int say(
            Surroundings around,
            CommandSpec spec,
            String said,
            Result asked,
            BiFunction<ReleaseDesk, StoredOrder, Directive> change)
            throws InterruptedException {
        try (ReleaseDesk desk = around.desks().apply(place())) {
            StoredOrder changed = new Directives(desk).say(() -> workload.running(desk), change);
            return new Following(around, spec, desk, output, waiting).after(changed, said, asked);
        }
    }

    /** Makes an order and accepts it, and looks on if that is wanted. */
    int place(Surroundings around, CommandSpec spec, ReleaseDesk desk, Request request, boolean dryRun)
            throws InterruptedException {
        return new Placing(around, spec, output, waiting).place(desk, request, dryRun);
    }
}
