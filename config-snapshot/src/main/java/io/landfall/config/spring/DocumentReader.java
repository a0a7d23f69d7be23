package io.landfall.config.spring;

import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Makes documents of a file. Says where it cannot, and never what is there: it may be a secret. */
final class DocumentReader {

    private static final String SPECIAL = "spring.";
    private static final String ACTIVATE = "spring.config.activate.";

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("\\\\u(?![0-9a-fA-F]{4})");

    private static final boolean YAML =
            ClassUtils.isPresent("org.yaml.snakeyaml.Yaml", DocumentReader.class.getClassLoader());

    private final SnapshotId id;
    private final SnapshotFile file;

    DocumentReader(SnapshotId id, SnapshotFile file) {
        this.id = id;
        this.file = file;
    }

    /** @throws SnapshotException if it is not what its name says */
    List<Document> read() {
        return switch (file.format()) {
            case PROPERTIES -> properties(file.text());
            case YAML -> yaml(file.text(), "YAML");
            // A tab cannot stand in a JSON string, and YAML does not allow it between them.
            case JSON ->
                file.text().stripLeading().startsWith("{") ? yaml(file.text().replace('\t', ' '), "JSON") : List.of();
            case XML, TXT -> List.of();
        };
    }

    private List<Document> properties(String text) {
        try {
            Map<String, Object> values = PropertiesReader.read(text);
            if (values == null) {
                return loaded(new PropertiesPropertySourceLoader(), PropertiesOrigins.escaped(text));
            }
            OriginLookup<String> origins = new PropertiesOrigins(id, file);
            return List.of(document(0, new MapPropertySource(file.name().path(), values), values, origins));
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            Matcher broken = BROKEN_ESCAPE.matcher(text);
            String place = broken.find()
                    ? file.name() + ":" + line(text, broken.start())
                    : file.name().path();
            throw refused(place, "it has a \\u without four hexadecimal digits", "write \\\\u, or the digits");
        }
    }

    private List<Document> yaml(String text, String language) {
        if (!YAML) {
            throw refused(file.name().path(), "this application has no SnakeYAML", "add org.yaml:snakeyaml");
        }
        try {
            return loaded(new YamlPropertySourceLoader(), text);
        } catch (RuntimeException | IOException e) {
            throw refused(YamlPlace.of(file, e), "it cannot be read as " + language, "mend it there, or just before");
        }
    }

    private List<Document> loaded(PropertySourceLoader loader, String text) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (PropertySource<?> source : loader.load(file.name().path(), new FileResource(id, file, text))) {
            if (source instanceof EnumerablePropertySource<?> loaded) {
                documents.add(document(documents.size(), loaded, values(loaded), origins(loaded)));
            }
        }
        return documents;
    }

    private Document document(
            int position, PropertySource<?> source, Map<String, Object> values, OriginLookup<String> origins) {
        SortedMap<String, Object> special = special(values);
        if (!activates(special)) {
            return new Document(file, position, values, startOnly(special), List.of(), null, origins);
        }
        Binder binder = new Binder(ConfigurationPropertySource.from(source));
        List<String> onProfile = binder.bind(ACTIVATE + "on-profile", Bindable.listOf(String.class))
                .orElse(List.of());
        String onPlatform =
                binder.bind(ACTIVATE + "on-cloud-platform", String.class).orElse(null);
        Map<String, Object> rest = new LinkedHashMap<>(values);
        rest.keySet().removeIf(DocumentReader::activates);
        return new Document(file, position, rest, startOnly(special), List.copyOf(onProfile), onPlatform, origins);
    }

    /** One look at all keys is enough for all that is special about some. */
    private static SortedMap<String, Object> special(Map<String, Object> values) {
        SortedMap<String, Object> special = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.regionMatches(true, 0, SPECIAL, 0, SPECIAL.length())) {
                special.put(key, value);
            }
        });
        return special;
    }

    private static SortedMap<String, Object> startOnly(SortedMap<String, Object> special) {
        SortedMap<String, Object> startOnly = new TreeMap<>(special);
        startOnly
                .keySet()
                .removeIf(key ->
                        activates(key) || !(key.startsWith("spring.profiles.") || key.startsWith("spring.config.")));
        return startOnly;
    }

    private static boolean activates(SortedMap<String, Object> special) {
        return special.keySet().stream().anyMatch(DocumentReader::activates);
    }

    private static boolean activates(String key) {
        return key.regionMatches(true, 0, ACTIVATE, 0, ACTIVATE.length());
    }

    private static Map<String, Object> values(EnumerablePropertySource<?> source) {
        String[] names = source.getPropertyNames();
        Map<String, Object> values = new LinkedHashMap<>(names.length * 4 / 3 + 1);
        for (String name : names) {
            Object value = source.getProperty(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static OriginLookup<String> origins(PropertySource<?> source) {
        return key -> OriginLookup.getOrigin(source, key);
    }

    private SnapshotException refused(String place, String problem, String remedy) {
        // Without the cause: its message has pieces of the file.
        return new SnapshotException("Snapshot " + id, List.of(new Violation(place, problem, remedy)));
    }

    private static long line(String text, int position) {
        return 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    /** A class of its own, since not every application has SnakeYAML. */
    private static final class YamlPlace {

        static String of(SnapshotFile file, Exception e) {
            Mark mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
            return mark == null
                    ? file.name().path()
                    : file.name() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        }
    }
}
