package io.landfall.examples.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the load processes of all protocols share: their arguments, one line of JSON a second on standard output, the
 * report in a file, and the exit code.
 *
 * <p>Arguments: {@code --out} (file), {@code --name}, {@code --rate} (calls a second), {@code --ramp} (seconds), {@code
 * --duration} (seconds), {@code --stragglers} (seconds), {@code --max-in-flight}, {@code --shortest}, {@code --longest},
 * {@code --long} (all milliseconds of work), {@code --long-share}, {@code --seed}, and {@code --leash true}: stop calling
 * when a line {@code stop} comes on standard input, end at once when the input ends, because then the parent is gone.
 */
public final class LoadProcess {

    /** The exit code when a call was lost count of. */
    public static final int MISCOUNTED = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Path out;
    private final LoadPlan plan;
    private final CallMix mix;
    private final boolean leash;

    /** Takes its own arguments, and leaves those of the protocol. */
    public LoadProcess(Arguments arguments) {
        name = arguments.optional("name", "load");
        out = Path.of(arguments.required("out"));
        plan = new LoadPlan(
                arguments.number("rate", 100),
                Duration.ofSeconds(arguments.number("ramp", 0)),
                Duration.ofSeconds(arguments.number("duration", 60)),
                Duration.ofSeconds(arguments.number("stragglers", 20)),
                arguments.number("max-in-flight", 2000));
        mix = new CallMix(
                arguments.number("shortest", 20),
                arguments.number("longest", 200),
                arguments.number("long", 5000),
                arguments.fraction("long-share", 0.005),
                arguments.number("seed", 1));
        leash = Boolean.parseBoolean(arguments.optional("leash", "false"));
    }

    /**
     * Runs the load and writes the report.
     *
     * @return the exit code: 0 also when calls were lost, since it is the report's reader who judges that
     */
    public int run(AsyncCall call, LossNames lossNames) throws IOException {
        OpenLoop loop = new OpenLoop(name, plan, mix.lengths(), call, lossNames);
        if (leash) {
            obeyStandardInput(loop);
        }
        try {
            write(loop.run(LoadProcess::print));
            return 0;
        } catch (MiscountException miscounted) {
            System.err.println(miscounted.getMessage());
            return MISCOUNTED;
        }
    }

    private void write(LoadReport report) throws IOException {
        @Nullable Path folder = out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(out.toFile(), report);
    }

    private static void print(Progress progress) {
        try {
            System.out.println(JSON.writeValueAsString(progress));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void obeyStandardInput(OpenLoop loop) {
        Thread thread = new Thread(() -> readStandardInput(loop), "leash");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readStandardInput(OpenLoop loop) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("stop")) {
                    loop.stop();
                }
            }
        } catch (IOException parentIsGone) {
            // the same as the end of the input
        }
        Runtime.getRuntime().halt(1);
    }
}
