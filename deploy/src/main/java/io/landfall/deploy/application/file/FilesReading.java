package io.landfall.deploy.application.file;

import io.landfall.deploy.application.DeployConfiguration.MountedFile;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads files that pods mount: {@code /etc/orders/rules.json: deploy/rules.json}, or a key of a Secret. */
final class FilesReading {

    private static final String FILES = "files";
    /** An object of Kubernetes has room for 1 MiB, and some of it is its own. */
    private static final int LARGEST = 900 * 1024;

    private static final String LANDFALLS = "/etc/landfall";

    private final Path directory;

    FilesReading(Path directory) {
        this.directory = directory;
    }

    Map<String, MountedFile> read(Fields deploy) {
        Map<String, MountedFile> files = new TreeMap<>();
        deploy.mapping(FILES).ifPresent(fields -> fields.keys().forEach(path -> {
            checkPath(fields, path);
            file(fields, path).ifPresent(file -> files.put(path, file));
        }));
        long size = files.values().stream().mapToLong(FilesReading::size).sum();
        if (size > LARGEST) {
            deploy.refuse(
                    FILES,
                    "they have " + size + " bytes of at most " + LARGEST,
                    "put them into the image, or into the configuration");
        }
        return files;
    }

    private static long size(MountedFile file) {
        return file instanceof MountedFile.Content content
                ? content.content().getBytes(StandardCharsets.UTF_8).length
                : 0;
    }

    private static void checkPath(Fields fields, String path) {
        try {
            Formats.path(path);
        } catch (IllegalArgumentException wrong) {
            fields.refuse(path, String.valueOf(wrong.getMessage()), "write one such as /etc/orders/rules.json");
        }
        if (path.contains(":") || !Path.of(path).normalize().toString().equals(path)) {
            fields.refuse(path, "Kubernetes mounts no such path", "write it without : and detours");
        }
        if (Path.of(path).startsWith(LANDFALLS)) {
            fields.refuse(path, "what is below " + LANDFALLS + " is Landfall's", "choose another place");
        }
    }

    private Optional<MountedFile> file(Fields fields, String path) {
        return fields.isWord(path)
                ? fields.optional(path).flatMap(this::content)
                : fields.mapping(path).flatMap(this::secret);
    }

    private Optional<MountedFile> secret(Fields fields) {
        Optional<String> name = fields.required("secret").flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        Optional<String> key = fields.required("key").flatMap(value -> value.name(NameRule.CONFIG_MAP_KEY));
        fields.end();
        return name.flatMap(secret -> key.map(at -> new MountedFile.FromSecret(secret, at)));
    }

    private Optional<MountedFile> content(Value named) {
        try {
            Path file = directory.resolve(named.text());
            if (Files.size(file) > LARGEST) {
                named.refuse("'" + named.text() + "' is larger than " + LARGEST + " bytes", "put it into the image");
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(new MountedFile.Content(text));
        } catch (CharacterCodingException binary) {
            named.refuse("'" + named.text() + "' is no text in UTF-8", "put it into the image");
        } catch (IOException | InvalidPathException missing) {
            named.refuse(
                    "'" + named.text() + "' cannot be read", "name a file, beginning in the directory of this one");
        }
        return Optional.empty();
    }
}
