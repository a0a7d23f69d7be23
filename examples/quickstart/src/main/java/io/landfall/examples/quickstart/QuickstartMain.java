package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.process.CannotRunException;
import io.landfall.examples.quickstart.process.Children;
import io.landfall.examples.quickstart.process.Folder;
import io.landfall.examples.quickstart.process.Machine;
import io.landfall.examples.quickstart.registry.LocalZooKeeper;
import io.landfall.examples.quickstart.report.Result;
import io.landfall.examples.quickstart.report.ResultFiles;
import io.landfall.examples.quickstart.report.RunResult;
import io.landfall.examples.quickstart.report.SummaryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The main job. See {@link Settings} for what can be said about it, and {@link Run} for what it does. */
public final class QuickstartMain {

    private static final int LOST_OR_NOT_RUN = 1;

    private final Settings settings;
    private final Live live;
    private final Instant startedAt = Instant.now();
    private final List<RunResult> results = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private volatile boolean stopping;

    private QuickstartMain(Settings settings, Live live) {
        this.settings = settings;
        this.live = live;
    }

    /** Exits with 0 if everything ran and no Landfall run lost a call. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the last place that can
    public static void main(String[] args) throws InterruptedException {
        // ZooKeeper runs in here; the children write logs of their own.
        System.setProperty("log.level", "OFF");
        int exitCode = LOST_OR_NOT_RUN;
        try {
            exitCode = new QuickstartMain(Settings.ofThisJvm(), new Live(System.out, Terminal.isThere())).runAll();
        } catch (CannotRunException cannot) {
            System.err.println(cannot.getMessage());
        } catch (IOException | RuntimeException | Error unexpected) {
            // ZooKeeper swallows what is not caught, and its threads would keep this process.
            unexpected.printStackTrace();
        }
        System.exit(exitCode);
    }

    private int runAll() throws IOException, InterruptedException {
        Path java = Machine.requireJava();
        Machine.requireMemory();
        Path folder = Files.createDirectories(settings.folder());
        Network network = Network.prepare(folder);
        Children children = new Children(java, folder.resolve("logs"));
        // Also on Ctrl-C, where nothing after this line is reached.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(children), "clean up"));
        Launcher launcher = new Launcher(children, network, settings);
        launcher.requireLibraries(settings.modes());
        rehearse(launcher);
        for (String protocol : settings.protocols()) {
            for (Mode mode : settings.modes()) {
                runOne(new RunName(protocol, mode), launcher, network);
                children.endAll();
            }
        }
        return report();
    }

    private void rehearse(Launcher launcher) throws IOException, InterruptedException {
        live.say("rehearsing the start of a provider, so that the others start faster");
        try (LocalZooKeeper registry = LocalZooKeeper.start(settings.zooKeeperData())) {
            launcher.rehearse(registry.url());
        }
    }

    private void cleanUp(Children children) {
        stopping = true;
        children.close();
        try {
            Folder.delete(settings.zooKeeperData());
        } catch (IOException cannot) {
            System.err.println("Could not delete " + settings.zooKeeperData() + ": " + cannot.getMessage());
        }
    }

    private void runOne(RunName name, Launcher launcher, Network network) throws IOException, InterruptedException {
        try {
            results.add(new Run(name, launcher, network, settings, live).run());
        } catch (CannotRunException cannot) {
            // Whoever pressed Ctrl-C knows why a process is gone.
            if (!stopping) {
                problems.add(name + ": " + cannot.getMessage());
                live.say(String.valueOf(cannot.getMessage()));
            }
        }
    }

    private int report() throws IOException {
        Result result = new Result(
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                ChronoUnit.MILLIS.between(startedAt, Instant.now()) / 1000.0,
                settings.balancer(),
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                results,
                problems);
        System.out.println();
        SummaryTable.of(results).forEach(System.out::println);
        System.out.println();
        problems.forEach(System.out::println);
        System.out.println(
                "figures  " + ResultFiles.writeJson(result, settings.target().resolve("quickstart.json")));
        System.out.println(
                "charts   " + ResultFiles.writePage(result, settings.target().resolve("quickstart.html")));
        return result.holds() ? 0 : LOST_OR_NOT_RUN;
    }
}
