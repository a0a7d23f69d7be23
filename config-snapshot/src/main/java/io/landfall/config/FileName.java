package io.landfall.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file's path within a snapshot, such as {@code application.yaml} or {@code db/pool.properties}: relative, with {@code /}, and never
 * out of the snapshot's directory.
 *
 * @param path up to {@value #LONGEST} characters as a {@linkplain #key() key}; names within are separated by single {@code /}, are not
 *     {@code .}, do not begin with {@code ..}, have no blank at an end, and no {@code \}, {@code :} or control character
 */
public record FileName(String path) implements Comparable<FileName> {

    /** What Kubernetes allows a key of a ConfigMap (253) without what Landfall adds to it. */
    static final int LONGEST = 240;

    /** How the keys begin that no file may have: its own begins with an escape then. */
    private static final String RESERVED = "manifest.";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public FileName {
        problem(path).ifPresent(p -> {
            throw new IllegalArgumentException(p);
        });
    }

    /** What is wrong with a path; empty if it is the name of a file. For those who collect all that is wrong. */
    public static Optional<String> problem(String path) {
        if (path.isEmpty()) {
            return Optional.of("a file's name is empty");
        }
        if (path.codePoints().anyMatch(FileName::unfit)) {
            return Optional.of(shown(path) + " has a backslash, a colon or a control character in its name");
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()) {
                return Optional.of(shown(path) + " is no relative path: it has an empty name in it");
            }
            if (name.equals(".") || name.startsWith("..")) {
                return Optional.of(shown(path) + " may lead out of the snapshot: '" + name + "'");
            }
            if (!name.equals(name.strip())) {
                return Optional.of(shown(path) + " has a blank at the end of a name");
            }
        }
        return problemOfKey(path);
    }

    private static Optional<String> problemOfKey(String path) {
        try {
            return keyOf(path).length() <= LONGEST
                    ? Optional.empty()
                    : Optional.of(shown(path) + " is too long: as a key of a ConfigMap it has more than " + LONGEST
                            + " characters");
        } catch (CharacterCodingException e) {
            return Optional.of(shown(path) + " has half a character in its name");
        }
    }

    private static boolean unfit(int character) {
        return character == '\\' || character == ':' || Character.isISOControl(character);
    }

    /**
     * The name as a key of a ConfigMap, which allows {@code A-Z a-z 0-9 - . _}: each other byte of its UTF-8, {@code _} too, is
     * {@code _} and two digits. What a stored snapshot has beside its files, {@code manifest.json} and {@code manifest.sha256}, is
     * never the key of a file.
     */
    public String key() {
        try {
            return keyOf(path);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keyOf(String path) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(path));
        StringBuilder key = new StringBuilder(bytes.remaining());
        boolean escapeFirst = path.startsWith(RESERVED);
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (plain(next) && !(escapeFirst && key.isEmpty())) {
                key.append((char) next);
            } else {
                key.append('_').append(HEX.toHexDigits(next));
            }
        }
        return key.toString();
    }

    /**
     * The name whose {@link #key()} this is.
     *
     * @throws IllegalArgumentException if it is no file's key
     */
    public static FileName ofKey(String key) {
        ByteBuffer bytes = ByteBuffer.allocate(key.length());
        for (int i = 0; i < key.length(); i++) {
            char next = key.charAt(i);
            if (next == '_') {
                bytes.put(escaped(key, i + 1));
                i += 2;
            } else {
                bytes.put((byte) next);
            }
        }
        FileName name = new FileName(decoded(bytes.flip(), key));
        if (!name.key().equals(key)) {
            throw new IllegalArgumentException(shown(key) + " is no key of a snapshot's file");
        }
        return name;
    }

    private static byte escaped(String key, int at) {
        if (at + 2 > key.length()) {
            throw new IllegalArgumentException(shown(key) + " is no key of a snapshot's file");
        }
        try {
            return (byte) Integer.parseInt(key, at, at + 2, 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(shown(key) + " is no key of a snapshot's file", e);
        }
    }

    private static String decoded(ByteBuffer bytes, String key) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(shown(key) + " is no key of a snapshot's file", e);
        }
    }

    private static boolean plain(byte next) {
        return PLAIN.indexOf(next) >= 0;
    }

    /** Control characters would forge lines of a log. */
    private static String shown(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "'" + cut.replaceAll("\\p{Cc}", "?") + "'";
    }

    /** Written out: what a record's own is made of takes 10 ms of an application's start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileName that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** By characters, whatever their language. */
    @Override
    public int compareTo(FileName other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
