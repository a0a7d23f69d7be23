package io.landfall.config.validation;

import io.landfall.config.FileFormat;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** The keys and values of a file, as far as it could be read, and what is wrong with it. Immutable. */
public final class FileKeys {

    private final List<KeyLine> keys;
    private final List<Violation> violations;

    private FileKeys(List<KeyLine> keys, List<Violation> violations) {
        this.keys = List.copyOf(keys);
        this.violations = List.copyOf(violations);
    }

    /** Reads a file; one of {@link FileFormat#TXT} has no keys, and nothing is ever wrong with it. */
    public static FileKeys of(SnapshotFile file) {
        Findings findings = new Findings(file.name());
        if (file.format() != FileFormat.TXT) {
            read(file, findings);
        }
        return new FileKeys(findings.keys(), findings.violations());
    }

    /** In the order of the file. Of a file that is not well-formed: those before what is wrong. */
    public List<KeyLine> keys() {
        return keys;
    }

    /** What is wrong, in the order of lines; never with a value. */
    public List<Violation> violations() {
        return violations;
    }

    /** Whether nothing is wrong, so that {@link #keys()} are all there are. */
    public boolean wellFormed() {
        return violations.isEmpty();
    }

    private static void read(SnapshotFile file, Findings findings) {
        OptionalInt foreign = foreignByte(file);
        if (foreign.isPresent()) {
            findings.problem(foreign.getAsInt(), "it is not UTF-8 from here on", "save the file in that encoding");
            return;
        }
        try {
            read(file.format(), file.text(), findings);
        } catch (Findings.Enough enough) {
            // It is among the violations.
        }
    }

    private static void read(FileFormat format, String text, Findings findings) {
        switch (format) {
            case PROPERTIES -> new PropertiesReader(findings).read(text);
            case YAML -> new YamlReader(findings).read(text);
            case JSON -> new JsonReader(findings).read(text);
            case XML -> new XmlReader(findings).read(text);
            case TXT -> {}
        }
    }

    /** The line of the first byte that is not UTF-8. */
    private static OptionalInt foreignByte(SnapshotFile file) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer some = CharBuffer.allocate(8192);
        var bytes = file.buffer();
        int line = 1;
        CoderResult result;
        do {
            result = decoder.decode(bytes, some, true);
            line += (int) some.flip().chars().filter(c -> c == '\n').count();
            some.clear();
        } while (result.isOverflow());
        return result.isError() ? OptionalInt.of(line) : OptionalInt.empty();
    }
}
