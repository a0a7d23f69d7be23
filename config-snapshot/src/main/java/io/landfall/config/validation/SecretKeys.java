package io.landfall.config.validation;

import io.landfall.config.FileFormat;
import io.landfall.config.SecretMarker;
import io.landfall.config.SnapshotFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds secrets by their keys' names, and by a few values that cannot be anything else: URLs with a password, private keys. Prefers to
 * mark too much. An XML file with a secret is one as a whole, and so is a file that a pattern names. Immutable.
 *
 * <p>Names are compared word by word, whatever separates the words and in any case: {@code api-key} is found in {@code payment.apiKey},
 * {@code API_KEY} and {@code api.key}. Only the last name of a key counts ({@code token.lifetime} is no secret), unless one above it
 * is a plural: everything below {@code credentials} is secret.
 */
public final class SecretKeys implements SecretMarker {

    private static final List<String> STANDARD = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "credential",
            "private-key",
            "access-key",
            "api-key");

    /** A user's password in a URL, a parameter that is called like one, the beginning of a private key. */
    private static final Pattern VALUE = Pattern.compile("://[^/?#\\s:@]*:[^/?#\\s@]+@"
            + "|[?&;](?i:password|passwd|pwd|secret|token|access_?key)=[^&;\\s]"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
    private static final Pattern WORDS =
            Pattern.compile("[^\\p{L}\\p{Nd}]+|(?<=[\\p{Ll}])(?=[\\p{Lu}])|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"
                    + "|(?<=\\p{L})(?=\\p{Nd})|(?<=\\p{Nd})(?=\\p{L})");

    private final List<String> names;
    private final List<Pattern> keys;
    private final List<Pattern> files;

    private SecretKeys(List<String> names, List<Pattern> keys, List<Pattern> files) {
        this.names = List.copyOf(names);
        this.keys = List.copyOf(keys);
        this.files = List.copyOf(files);
    }

    /** By the names above, {@code password} first among them. */
    public static SecretKeys standard() {
        return new SecretKeys(STANDARD.stream().map(n -> n.replace("-", "")).toList(), List.of(), List.of());
    }

    /** Also keys as a whole that a pattern matches: {@code *} is any number of any characters; in any case. */
    public SecretKeys withKeys(Collection<String> patterns) {
        return new SecretKeys(names, globs(keys, patterns), files);
    }

    /** Also files as a whole whose path a pattern matches, in the same way; the only one for {@link FileFormat#TXT}. */
    public SecretKeys withFiles(Collection<String> patterns) {
        return new SecretKeys(names, keys, globs(files, patterns));
    }

    @Override
    public SnapshotFile mark(SnapshotFile file) {
        Set<String> found = new TreeSet<>(file.secretKeys());
        if (matches(files, file.name().path())) {
            found.add(SnapshotFile.WHOLE);
        }
        // What of a file can be read is looked at, even if it is not well-formed: nobody may ask whether it is.
        FileKeys.of(file).keys().stream()
                .filter(this::secret)
                .forEach(k -> found.add(file.format() == FileFormat.XML ? SnapshotFile.WHOLE : k.key()));
        return found.equals(file.secretKeys()) ? file : file.withSecretKeys(found);
    }

    private boolean secret(KeyLine line) {
        return matches(keys, line.key())
                || secretName(line.key())
                || VALUE.matcher(line.value()).find();
    }

    private boolean secretName(String key) {
        List<List<String>> path = path(key);
        for (int i = 0; i < path.size(); i++) {
            for (String name : names) {
                if (i < path.size() - 1 ? holds(path.get(i), name + "s") : endsWith(path, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(List<String> segment, String plural) {
        return segment.stream().anyMatch(w -> w.endsWith(plural));
    }

    /** Whether some words that lie next to each other, the last of them in the last segment, are the name. */
    private static boolean endsWith(List<List<String>> path, String name) {
        List<String> words = path.stream().flatMap(List::stream).toList();
        int before = words.size() - path.get(path.size() - 1).size();
        for (int end = words.size(); end > before; end--) {
            String last = words.get(end - 1);
            if (last.endsWith(name) || last.endsWith(name + "s")) {
                return true;
            }
            StringBuilder joined = new StringBuilder();
            for (int begin = end - 1; begin >= 0 && joined.length() <= name.length(); begin--) {
                joined.insert(0, words.get(begin));
                if (joined.toString().equals(name) || joined.toString().equals(name + "s")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each name of a key in words; a last {@code value} is what the one before it names. */
    private static List<List<String>> path(String key) {
        List<List<String>> path = new ArrayList<>();
        for (String segment : INDEX.matcher(key).replaceAll("").split("\\.", -1)) {
            List<String> words = WORDS.splitAsStream(segment)
                    .filter(w -> !w.isEmpty())
                    .map(w -> w.toLowerCase(Locale.ROOT))
                    .toList();
            if (!words.isEmpty()) {
                path.add(words);
            }
        }
        if (path.size() > 1 && path.get(path.size() - 1).equals(List.of("value"))) {
            path.remove(path.size() - 1);
        }
        return path;
    }

    private static boolean matches(List<Pattern> patterns, String text) {
        return patterns.stream().anyMatch(p -> p.matcher(text).matches());
    }

    private static List<Pattern> globs(List<Pattern> there, Collection<String> more) {
        List<Pattern> all = new ArrayList<>(there);
        for (String glob : more) {
            StringBuilder regex = new StringBuilder();
            for (String literal : glob.split("\\*", -1)) {
                regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
            }
            all.add(Pattern.compile(
                    regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
        }
        return all;
    }
}
