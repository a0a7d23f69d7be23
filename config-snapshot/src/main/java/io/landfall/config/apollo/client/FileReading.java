package io.landfall.config.apollo.client;

import com.ctrip.framework.apollo.build.ApolloInjector;
import com.ctrip.framework.apollo.core.ConfigConsts;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import com.ctrip.framework.apollo.util.yaml.YamlParser;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** How the text of a file becomes what Apollo's repositories hold. Errors say the line and never what is in it. */
@FunctionalInterface
interface FileReading {

    /**
     * Puts what is in the file into the properties.
     *
     * @throws SnapshotException if it cannot be parsed, with the line where that is known
     */
    void read(SnapshotFile file, Properties into);

    /** For a {@code Config}: keys and values, or the whole text as one where the format has no keys for Apollo. */
    static FileReading ofConfig(ConfigFileFormat format) {
        return switch (format) {
            case Properties -> FileReading::properties;
            case YAML, YML -> Yaml::read;
            default -> FileReading::text;
        };
    }

    /** For a {@code ConfigFile}: its text, except that one of properties is made of keys and values. */
    static FileReading ofConfigFile(ConfigFileFormat format) {
        return switch (format) {
            case Properties -> FileReading::properties;
            case YAML, YML -> FileReading::textOfYaml;
            default -> FileReading::text;
        };
    }

    private static void text(SnapshotFile file, Properties into) {
        into.setProperty(ConfigConsts.CONFIG_FILE_CONTENT_KEY, file.text());
    }

    /** Apollo parses it once more, and would keep old properties beside the new text where it cannot. */
    private static void textOfYaml(SnapshotFile file, Properties into) {
        Yaml.read(file, new Properties());
        text(file, into);
    }

    private static void properties(SnapshotFile file, Properties into) {
        String text = file.text();
        try {
            into.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw refused(
                    file,
                    BadEscape.line(text),
                    "a \\u has not four hexadecimal digits behind it",
                    "write \\\\ for one \\");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the parser's message, which quotes the file, and may quote a secret. */
    private static SnapshotException refused(SnapshotFile file, int line, String problem, String remedy) {
        String place = line > 0 ? file.name() + ":" + line : file.name().path();
        return new SnapshotException("File " + file.name(), List.of(new Violation(place, problem, remedy)));
    }

    /** A class of its own, since an application without namespaces in YAML needs no SnakeYAML. */
    final class Yaml {

        private Yaml() {}

        static void read(SnapshotFile file, Properties into) {
            String text = file.text();
            try {
                into.putAll(ApolloInjector.getInstance(YamlParser.class).yamlToProperties(text));
            } catch (DuplicateKeyException e) {
                throw refused(file, line(e), "a key is there twice", "leave one of them out");
            } catch (MarkedYAMLException e) {
                throw refused(file, line(e), "this is no YAML that Apollo's client can read", "mend it");
            } catch (YAMLException e) {
                throw refused(file, 0, "this is no YAML that Apollo's client can read", "mend it");
            }
        }

        private static int line(MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            return mark == null ? 0 : mark.getLine() + 1;
        }
    }

    /** {@link Properties#load} does not say where. */
    final class BadEscape {

        private static final Pattern ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

        private BadEscape() {}

        /** From 1; 0 if it is not found. */
        static int line(String text) {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = ESCAPE.matcher(lines.get(i));
                if (!lines.get(i).stripLeading().matches("[#!].*") && matcher.find()) {
                    return i + 1;
                }
            }
            return 0;
        }
    }
}
