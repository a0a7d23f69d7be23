package io.landfall.deploy.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are compared byte for byte. {@code -Dgolden.write=true} writes them anew, for a person to look at the difference. */
final class Golden {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private Golden() {}

    static Path application(String name) {
        return RESOURCES.resolve("applications").resolve(name);
    }

    static void check(String name, String actual) throws IOException {
        Path file = RESOURCES.resolve("golden/applications").resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(RESOURCES.resolve("golden/applications"));
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
