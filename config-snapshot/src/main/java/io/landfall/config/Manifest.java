package io.landfall.config;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a snapshot consists of, and where it came from.
 *
 * @param id which snapshot
 * @param created when it was made, to the second
 * @param author who made it; may be empty
 * @param comment why; may be empty
 * @param source what the source says of its state, for instance each namespace's release key; of a hot revision also which one was live
 *     before it; sorted, unmodifiable
 * @param files sorted by name, unmodifiable
 */
public record Manifest(
        SnapshotId id,
        Instant created,
        String author,
        String comment,
        SortedMap<String, String> source,
        List<Entry> files) {

    /**
     * Sorts and copies.
     *
     * @throws IllegalArgumentException if a text has half a character in it: neither JSON nor a digest can say that
     */
    public Manifest {
        created = Instant.ofEpochSecond(created.getEpochSecond());
        requireWhole("the author", List.of(author));
        requireWhole("the comment", List.of(comment));
        requireWhole("the state of the source", source.keySet());
        requireWhole("the state of the source", source.values());
        source = sorted(source);
        files = files.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /**
     * A file.
     *
     * @param name where it is
     * @param size in bytes
     * @param sha256 of its bytes, in hexadecimal, small letters
     * @param secretKeys see {@link SnapshotFile#withSecretKeys}; sorted, unmodifiable
     */
    public record Entry(FileName name, long size, String sha256, SortedSet<String> secretKeys) {

        /**
         * Copies.
         *
         * @throws IllegalArgumentException if a secret key has half a character in it
         */
        public Entry {
            requireWhole("a secret key of " + name, secretKeys);
            secretKeys = sorted(secretKeys);
        }

        static Entry of(SnapshotFile file) {
            return new Entry(file.name(), file.size(), file.sha256(), file.secretKeys());
        }

        private void addTo(Digests digests) {
            digests.add(name.path()).add(size).add(sha256).add(secretKeys.size());
            secretKeys.forEach(digests::add);
        }
    }

    private static void requireWhole(String what, Collection<String> texts) {
        if (!texts.stream().allMatch(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))) {
            throw new IllegalArgumentException(what + " has half a character in it");
        }
    }

    /** In the order of characters, also when it came in another: the digest depends on it. */
    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    private static SortedSet<String> sorted(Collection<String> set) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(set));
    }

    /** SHA-256 of all that the manifest says, in hexadecimal: it names the snapshot and everything in it. */
    public String digest() {
        Digests digests = new Digests()
                .add("landfall snapshot 1")
                .add(id.app())
                .add(id.revision())
                .add(created.getEpochSecond())
                .add(author)
                .add(comment)
                .add(source.size());
        source.forEach((key, value) -> digests.add(key).add(value));
        return addFiles(digests, files).hex();
    }

    /** SHA-256 of the files alone: what is the same when the same configuration is published by another, later. */
    public String contentDigest() {
        return addFiles(new Digests().add("landfall content 1"), files).hex();
    }

    /** What {@link #contentDigest()} would be of these files. */
    public static String contentDigest(Collection<SnapshotFile> files) {
        List<Entry> entries = files.stream()
                .map(Entry::of)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        return addFiles(new Digests().add("landfall content 1"), entries).hex();
    }

    private static Digests addFiles(Digests digests, List<Entry> files) {
        digests.add(files.size());
        files.forEach(f -> f.addTo(digests));
        return digests;
    }
}
