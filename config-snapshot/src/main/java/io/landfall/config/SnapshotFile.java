package io.landfall.config;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A file of a snapshot: its name, its bytes, and which of its keys are secret. Immutable. */
public final class SnapshotFile {

    /** As a secret key: the whole file is. */
    public static final String WHOLE = "*";

    private final FileName name;
    private final byte[] content;
    private final String sha256;
    private final SortedSet<String> secretKeys;

    private SnapshotFile(FileName name, byte[] content, String sha256, SortedSet<String> secretKeys) {
        this.name = name;
        this.content = content;
        this.sha256 = sha256;
        this.secretKeys = Collections.unmodifiableSortedSet(secretKeys);
    }

    /**
     * A file without secrets.
     *
     * @param content is copied
     */
    public static SnapshotFile of(FileName name, byte[] content) {
        return owning(name, content.clone(), List.of());
    }

    /** Without a copy: nobody else has the bytes. */
    static SnapshotFile owning(FileName name, byte[] content, Collection<String> secretKeys) {
        return new SnapshotFile(name, content, Digests.of(content), new TreeSet<>(secretKeys));
    }

    /** A file of text, in UTF-8. */
    public static SnapshotFile of(String path, String text) {
        return of(new FileName(path), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same file with secrets in it. It is stored where secrets are, as a whole, and these keys' values are shown to nobody.
     *
     * @param keys as the file has them, in dots where its format nests; {@link #WHOLE} for all. Empty: no secrets
     */
    public SnapshotFile withSecretKeys(Collection<String> keys) {
        return new SnapshotFile(name, content, sha256, new TreeSet<>(keys));
    }

    /** Where it is in the snapshot. */
    public FileName name() {
        return name;
    }

    /** By its name. */
    public FileFormat format() {
        return FileFormat.of(name);
    }

    /** In bytes. */
    public int size() {
        return content.length;
    }

    /** Of its bytes, in hexadecimal, small letters. */
    public String sha256() {
        return sha256;
    }

    /** Sorted, unmodifiable; empty: no secrets. */
    public SortedSet<String> secretKeys() {
        return secretKeys;
    }

    /** Whether it has secrets. */
    public boolean secret() {
        return !secretKeys.isEmpty();
    }

    /** Whether the value of a key must not be shown: it is secret, or something that it is in. */
    public boolean secret(String key) {
        return secretKeys.stream()
                .anyMatch(s -> s.equals(WHOLE) || key.equals(s) || key.startsWith(s + ".") || key.startsWith(s + "["));
    }

    /** A copy of its bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** Its bytes, read-only and without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** Its bytes, without a copy. */
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    /**
     * Its text, without a byte order mark.
     *
     * @throws SnapshotException if it is not UTF-8
     */
    public String text() {
        try {
            String text = decoded();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SnapshotException(
                    "File " + name,
                    List.of(new Violation(name.path(), "it is not UTF-8", "save it in that encoding")),
                    e);
        }
    }

    private String decoded() throws CharacterCodingException {
        // Much the faster way, which puts U+FFFD where something is wrong.
        String text = new String(content, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0
                ? text
                : StandardCharsets.UTF_8.newDecoder().decode(buffer()).toString();
    }

    /** By name, bytes and secret keys. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotFile that
                && name.equals(that.name)
                && Arrays.equals(content, that.content)
                && secretKeys.equals(that.secretKeys);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + sha256.hashCode();
    }

    /** Never its content. */
    @Override
    public String toString() {
        return name + " (" + content.length + " bytes)";
    }
}
