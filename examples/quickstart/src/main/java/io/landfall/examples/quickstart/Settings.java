package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.balancer.Choice;
import io.landfall.examples.quickstart.process.CannotRunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be said about the main job with {@code -Dquickstart.*}; all of it has a default.
 *
 * @param target the module's build folder, {@code quickstart.target}
 * @param protocols {@code quickstart.protocols}
 * @param modes {@code quickstart.modes}
 * @param balancer {@code quickstart.balancer}: {@code lc}, {@code rr} or {@code random}
 * @param ratePerConsumer calls a second of each consumer, {@code quickstart.rate}
 * @param window how long the shares are counted before the release and after it, {@code quickstart.window} in seconds
 */
record Settings(
        Path target, List<String> protocols, List<Mode> modes, String balancer, int ratePerConsumer, Duration window) {

    Settings {
        Choice.named(balancer);
        if (protocols.isEmpty() || modes.isEmpty() || ratePerConsumer <= 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("rate and window must be positive, and there must be something to run");
        }
    }

    /** Where everything is written but the results. */
    Path folder() {
        return target.resolve("quickstart");
    }

    /** Where the registry of the present run keeps its data. */
    Path zooKeeperData() {
        return folder().resolve("zookeeper");
    }

    /** How new connections are given to pods. */
    Choice choice() {
        return Choice.named(balancer);
    }

    /** Read from this JVM's system properties. */
    static Settings ofThisJvm() {
        try {
            return new Settings(
                    Path.of(Setting.text("quickstart.target").orElse("target")).toAbsolutePath(),
                    words("quickstart.protocols", "dubbo,tri").toList(),
                    words("quickstart.modes", "stock,landfall")
                            .map(Settings::mode)
                            .toList(),
                    Setting.text("quickstart.balancer").orElse("lc"),
                    Setting.number("quickstart.rate", 110),
                    Duration.ofSeconds(Setting.number("quickstart.window", 10)));
        } catch (IllegalArgumentException wrong) {
            throw new CannotRunException("Cannot understand the settings: " + wrong.getMessage());
        }
    }

    private static Stream<String> words(String key, String otherwise) {
        return Arrays.stream(Setting.text(key).orElse(otherwise).split(",")).map(String::trim);
    }

    private static Mode mode(String word) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a mode is stock or landfall, not " + word));
    }
}
