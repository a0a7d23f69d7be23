package io.landfall.config.validation;

import io.landfall.config.FileName;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what a reader finds in a file. Not for several threads. */
final class Findings {

    /** More values than anybody has configured; a few lines of YAML can unfold to any number. */
    static final int MOST_KEYS = 1_000_000;

    private static final int LONGEST_KEY = 4096;
    private static final int LONGEST_SHOWN = 200;

    private final FileName file;
    private final List<KeyLine> keys = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    Findings(FileName file) {
        this.file = file;
    }

    /** The file is not worth reading further; what it has of that is among the violations. */
    static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Enough() {
            super("enough", null, false, false);
        }
    }

    /** A value. */
    void value(String key, int line, String value) {
        if (keys.size() == MOST_KEYS) {
            throw stop(line, "it has more than " + MOST_KEYS + " values", "split it, or unfold fewer anchors");
        }
        keys.add(new KeyLine(key, line, value));
    }

    void problem(int line, String problem, String remedy) {
        violations.add(new Violation(file + ":" + line, problem, remedy));
    }

    /** To be thrown. */
    Enough stop(int line, String problem, String remedy) {
        problem(line, problem, remedy);
        return new Enough();
    }

    /** The names within one object of a file. */
    Names names(String path) {
        return new Names(path);
    }

    List<KeyLine> keys() {
        return keys;
    }

    List<Violation> violations() {
        return violations;
    }

    /** Names that must be distinct, each of which makes a key of a path. */
    final class Names {

        private final String path;
        private final Map<String, Integer> lines = new HashMap<>();

        private Names(String path) {
            this.path = path;
        }

        /** The key of a name, whatever is wrong with it. */
        String key(String name, int line) {
            String key = path.isEmpty() ? name : path + "." + name;
            if (key.length() > LONGEST_KEY) {
                throw stop(line, "a key has more than " + LONGEST_KEY + " characters", "nest less, or name it shorter");
            }
            Integer before = lines.putIfAbsent(name, line);
            if (before != null) {
                problem(line, "the key " + shown(key) + " is on line " + before + " already", "leave one of them out");
            } else {
                check(name, key, line);
            }
            return key;
        }

        boolean has(String name) {
            return lines.containsKey(name);
        }

        private void check(String name, String key, int line) {
            if (name.isBlank()) {
                problem(line, "a key is empty" + (path.isEmpty() ? "" : " below " + shown(path)), "name it");
            } else if (name.chars().anyMatch(Character::isISOControl)) {
                problem(line, "the key " + shown(key) + " has a control character", "name it without");
            }
        }
    }

    /** Control characters would forge lines of a log. */
    static String shown(String key) {
        String cut = key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
