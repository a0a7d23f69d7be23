package io.landfall.deploy.application.file;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.ApplicationTypes;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.YamlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;

/** A {@code landfall.yaml}. */
public final class ApplicationFile {

    /** What it is called where nobody says otherwise. */
    public static final String NAME = "landfall.yaml";

    private ApplicationFile() {}

    /**
     * Reads one, with the files that it names.
     *
     * @param file its path; what it names is looked for beginning in its directory
     * @param types the types that are known, by the directory with templates of a team's own, if the file names one:
     *     {@code Templates::in}
     * @throws RefusedException naming everything that is wrong, by line and key
     */
    public static Application read(Path file, Function<Optional<Path>, ? extends ApplicationTypes> types) {
        byte[] bytes = bytes(file);
        String name = String.valueOf(file.getFileName());
        Complaints complaints = new Complaints(name);
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        Optional<Application> application = YamlText.root(
                        new String(bytes, StandardCharsets.UTF_8), "an application", complaints)
                .flatMap(root -> {
                    Optional<Fields> fields = Fields.of(root, "key ", complaints);
                    ApplicationReading reading = new ApplicationReading(
                            directory, complaints, new Application.Source(name, digest(bytes)), types);
                    return root instanceof MappingNode mapping
                            ? fields.flatMap(keys -> reading.read(keys, mapping))
                            : Optional.empty();
                });
        complaints.check();
        return application.orElseThrow();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new RefusedException(List.of(new Violation(
                    file.toString(),
                    "it cannot be read (" + unreadable.getClass().getSimpleName() + ")",
                    "name a " + NAME + ", or go to a directory that has one")));
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
