package io.landfall.config.layout;

import io.landfall.config.FileName;
import io.landfall.config.Violation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts files together again: each of one key, or of two or more parts without a gap. */
final class Parts {

    /** No file's key ends like this: each {@code _} of a name is {@code _5F}. */
    private static final Pattern PART = Pattern.compile("(.+)_p(?!0000)([0-9]{4})");

    private final SortedMap<String, SortedMap<Integer, byte[]>> files = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /** Of a part, from 1 on. */
    static String key(String file, int part) {
        return String.format(Locale.ROOT, "%s_p%04d", file, part);
    }

    void add(String key, byte[] bytes) {
        Matcher part = PART.matcher(key);
        boolean whole = !part.matches();
        files.computeIfAbsent(whole ? key : part.group(1), k -> new TreeMap<>())
                .put(whole ? 0 : Integer.parseInt(part.group(2)), bytes);
    }

    /** Of all that are complete; {@link #violations()} has the others. */
    Map<FileName, byte[]> contents() {
        Map<FileName, byte[]> contents = new HashMap<>();
        files.forEach((key, parts) -> {
            try {
                FileName name = FileName.ofKey(key);
                contents.put(name, parts.containsKey(0) ? whole(name, parts) : joined(name, parts));
            } catch (IllegalArgumentException e) {
                violations.add(new Violation(key, "it is no key of a file", "look who wrote it there"));
            }
        });
        return contents;
    }

    List<Violation> violations() {
        return violations;
    }

    private byte[] whole(FileName name, SortedMap<Integer, byte[]> parts) {
        if (parts.size() > 1) {
            violations.add(new Violation(
                    name.path(), "it is there as a whole, and in parts too", "look who wrote the parts there"));
        }
        return parts.getOrDefault(0, new byte[0]);
    }

    private byte[] joined(FileName name, SortedMap<Integer, byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int part = 1; part <= Math.max(2, parts.lastKey()); part++) {
            byte[] bytes = parts.getOrDefault(part, new byte[0]);
            if (bytes.length == 0) {
                violations.add(new Violation(
                        name.path(), "part " + part + " of it is missing", "look whether all objects are there"));
                break;
            }
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}
