package io.landfall.catip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows {@code -javaagent:cat-ip-shim.jar=}: {@code key=value} with commas between. A comma in a list is no trouble, as
 * what has no {@code =} belongs to the list before it.
 */
final class Options {

    private static final String LIST_KEYS = " properties method jdk ";
    private static final String SINGLE_KEYS = " file wait missing ";
    private static final List<String> UNITS = Arrays.asList("ms", "s", "m");
    private static final long[] UNIT_MILLIS = {1, 1_000, 60_000};
    private static final long USUAL_WAIT_MILLIS = 60_000;
    private static final long MOST_WAIT_MILLIS = 3_600_000;

    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final long waitMillis;

    /**
     * Reads them.
     *
     * @throws ShimException naming all that is wrong
     */
    static Options parse(String text) {
        Options options = new Options(text);
        if (!options.wrong.isEmpty()) {
            throw new ShimException("wrong options: " + join(options.wrong)
                    + "; there are file, wait, missing, properties, method and jdk, as key=value with commas between");
        }
        return options;
    }

    private Options(String text) {
        split(text);
        waitMillis = millis(single("wait"));
        String missing = single("missing");
        if (missing != null && !missing.equals("fail") && !missing.equals("ignore")) {
            wrong.add("missing=" + missing + " is neither fail nor ignore");
        }
        String file = single("file");
        if (file != null && file.isEmpty()) {
            wrong.add("file= names none");
        }
        for (String method : methods()) {
            if (!JavaName.qualified(method)) {
                wrong.add("method=" + method + " is no package.Class.method");
            } else if (JavaName.ofTheJdk(method)) {
                wrong.add("method=" + method + " is the JDK's, and everybody's: name who calls it, by jdk= or method=");
            }
        }
        for (String name : packages()) {
            if (!JavaName.valid(name) || JavaName.ofTheJdk(name)) {
                wrong.add("jdk=" + name + " is no package of the application's");
            }
        }
    }

    private void split(String text) {
        String key = "";
        int begin = 0;
        while (begin < text.length()) {
            int comma = text.indexOf(',', begin);
            int end = comma < 0 ? text.length() : comma;
            key = add(text.substring(begin, end).trim(), key);
            begin = end + 1;
        }
    }

    /** Returns the key that the next one belongs to if it has none. */
    private String add(String item, String before) {
        int equals = item.indexOf('=');
        String key = equals < 0 ? before : item.substring(0, equals).trim();
        boolean list = LIST_KEYS.contains(" " + key + " ");
        if (key.isEmpty() || (equals < 0 && !list)) {
            wrong.add("'" + item + "' has no key");
        } else if (!list && !SINGLE_KEYS.contains(" " + key + " ")) {
            wrong.add("'" + key + "' is none");
        } else {
            put(key, item.substring(equals + 1).trim(), list);
        }
        return key;
    }

    private void put(String key, String value, boolean list) {
        List<String> sofar = values.get(key);
        if (sofar == null) {
            sofar = new ArrayList<>();
            values.put(key, sofar);
        } else if (!list) {
            wrong.add("'" + key + "' is there twice");
        }
        // Without a value there is an empty list.
        if (!list || !value.isEmpty()) {
            sofar.add(value);
        }
    }

    private @Nullable String single(String key) {
        List<String> value = values.get(key);
        return value == null ? null : value.get(0);
    }

    private List<String> list(String key) {
        List<String> value = values.get(key);
        return value == null ? Collections.<String>emptyList() : value;
    }

    private long millis(@Nullable String text) {
        if (text == null) {
            return USUAL_WAIT_MILLIS;
        }
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long unit = unit(text.substring(digits));
        long millis = unit == 0 || digits == 0 || digits > 9 ? -1 : Long.parseLong(text.substring(0, digits)) * unit;
        if (millis < 0 || millis > MOST_WAIT_MILLIS) {
            wrong.add("wait=" + text + " is no time like 500ms, 30s or 2m, of an hour at most");
            return 0;
        }
        return millis;
    }

    private static long unit(String name) {
        int unit = UNITS.indexOf(name);
        return unit < 0 ? 0 : UNIT_MILLIS[unit];
    }

    private static String join(List<String> sentences) {
        StringBuilder all = new StringBuilder();
        for (String sentence : sentences) {
            all.append(all.length() == 0 ? "" : "; ").append(sentence);
        }
        return all.toString();
    }

    /** Null if none is named. */
    @Nullable
    String file() {
        return single("file");
    }

    long waitMillis() {
        return waitMillis;
    }

    boolean ignoresMissing() {
        return "ignore".equals(single("missing"));
    }

    List<String> properties() {
        return values.containsKey("properties") ? list("properties") : Collections.singletonList("host.ip");
    }

    List<String> methods() {
        return list("method");
    }

    List<String> packages() {
        return list("jdk");
    }
}
