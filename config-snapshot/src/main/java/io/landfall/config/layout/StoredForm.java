package io.landfall.config.layout;

import io.landfall.config.FileName;
import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot as it is stored: objects of less than 900 KiB, each a map from keys to bytes. The first has the manifest and its digest,
 * and must be written last: without it there is no snapshot. Files with secrets are in objects of their own.
 *
 * <p>The others have the beginning of the {@linkplain Manifest#contentDigest() content's digest} in their names. Two publishers that
 * write different content under one version so never mix their objects, and whoever writes the first object wins.
 */
public final class StoredForm {

    /** The key of the manifest. */
    public static final String MANIFEST = "manifest.json";

    /** The key of the manifest's digest, in hexadecimal. */
    public static final String DIGEST = "manifest.sha256";

    /** What an object may have, keys included; etcd's limit is about 1.5 MiB, a ConfigMap's 1 MiB. */
    static final int LARGEST_OBJECT = 900 * 1024;

    /** More parts than a file of the largest size can have. */
    private static final int MOST_PARTS = 2500;

    private static final int DIGEST_IN_NAME = 8;

    private final List<StoredObject> objects;

    private StoredForm(List<StoredObject> objects) {
        this.objects = List.copyOf(objects);
    }

    /**
     * One object.
     *
     * @param name of the ConfigMap or Secret
     * @param secret whether it is a Secret
     * @param data never changed by anybody
     */
    public record StoredObject(String name, boolean secret, SortedMap<String, byte[]> data) {

        /** Does not copy the bytes. */
        public StoredObject {
            data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        }
    }

    /** {@code orders-config-1.4.2}: the name of the object with the manifest. */
    public static String nameOf(SnapshotId id) {
        return id.app() + "-config-" + id.revision();
    }

    /**
     * The name of one of the {@linkplain #others() others}, by which it can be read without being looked for.
     *
     * @param contentDigest {@link Manifest#contentDigest()}
     * @param secret whether it is a Secret
     * @param number from 1, without a gap; Secrets have numbers of their own
     */
    public static String nameOf(SnapshotId id, String contentDigest, boolean secret, int number) {
        return nameOf(id) + "--" + contentDigest.substring(0, DIGEST_IN_NAME) + (secret ? "-secret-" : "-") + number;
    }

    /**
     * Takes a snapshot apart.
     *
     * @throws SnapshotException if the manifest alone is too large
     */
    public static StoredForm of(Snapshot snapshot) {
        String name = nameOf(snapshot.id());
        String content = snapshot.manifest().contentDigest();
        Packing plain = new Packing();
        plain.add(MANIFEST, ManifestJson.write(snapshot.manifest()));
        plain.add(DIGEST, snapshot.digest().getBytes(StandardCharsets.US_ASCII));
        if (plain.objects.size() > 1) {
            throw refused(
                    snapshot.id(), MANIFEST, "the manifest is larger than an object may be", "publish fewer files");
        }
        Packing secret = new Packing();
        snapshot.files().forEach(f -> addInParts(f, f.secret() ? secret : plain));
        List<StoredObject> objects = new ArrayList<>();
        objects.add(new StoredObject(name, false, plain.objects.get(0)));
        for (int i = 1; i < plain.objects.size(); i++) {
            objects.add(new StoredObject(nameOf(snapshot.id(), content, false, i), false, plain.objects.get(i)));
        }
        for (int i = 0; i < secret.objects.size(); i++) {
            objects.add(new StoredObject(nameOf(snapshot.id(), content, true, i + 1), true, secret.objects.get(i)));
        }
        return new StoredForm(objects);
    }

    /** The one with the manifest first. */
    public List<StoredObject> objects() {
        return objects;
    }

    /** Without the one with the manifest: what is written before it. */
    public List<StoredObject> others() {
        return objects.subList(1, objects.size());
    }

    /** The one with the manifest. */
    public StoredObject first() {
        return objects.get(0);
    }

    /** All keys of all objects. */
    public SortedMap<String, byte[]> data() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        objects.forEach(o -> all.putAll(o.data()));
        return all;
    }

    /**
     * The snapshot of which these are all the keys.
     *
     * @param expected which it must be
     * @throws SnapshotException if a byte is not what it was, a key is missing, or there is one too many
     */
    public static Snapshot read(SnapshotId expected, Map<String, byte[]> data) {
        Snapshot snapshot = read(data);
        if (!snapshot.id().equals(expected)) {
            throw refused(
                    expected, MANIFEST, "this is the snapshot " + snapshot.id(), "look who wrote it under this name");
        }
        return snapshot;
    }

    /** As {@link #read(SnapshotId, Map)}, whichever snapshot it is. */
    public static Snapshot read(Map<String, byte[]> data) {
        Manifest manifest = manifest(data);
        Parts parts = new Parts();
        data.forEach((key, bytes) -> {
            if (!key.equals(MANIFEST) && !key.equals(DIGEST)) {
                parts.add(key, bytes);
            }
        });
        Map<FileName, byte[]> contents = parts.contents();
        if (!parts.violations().isEmpty()) {
            throw new SnapshotException("Snapshot " + manifest.id(), parts.violations());
        }
        return Snapshot.verified(manifest, contents);
    }

    /**
     * What a snapshot consists of, verified by its digest, before its files are there.
     *
     * @throws SnapshotException if manifest or digest is missing or changed
     */
    public static Manifest manifest(Map<String, byte[]> data) {
        Manifest manifest = ManifestJson.read(required(data, MANIFEST));
        String digest = new String(required(data, DIGEST), StandardCharsets.US_ASCII);
        if (!manifest.digest().equals(digest)) {
            throw refused(
                    manifest.id(),
                    DIGEST,
                    "the digest is not the manifest's",
                    "publish the version again, or roll back to another");
        }
        return manifest;
    }

    private static byte[] required(Map<String, byte[]> data, String key) {
        byte[] bytes = data.get(key);
        if (bytes == null) {
            throw new SnapshotException(
                    "A snapshot",
                    List.of(new Violation(key, "it is missing", "look whether this is a snapshot, and all of it")));
        }
        return bytes;
    }

    private static SnapshotException refused(SnapshotId id, String place, String problem, String remedy) {
        return new SnapshotException("Snapshot " + id, List.of(new Violation(place, problem, remedy)));
    }

    private static void addInParts(SnapshotFile file, Packing packing) {
        String key = file.name().key();
        int largestPart = LARGEST_OBJECT - key.length() - "_p0000".length();
        if (file.size() <= largestPart) {
            packing.add(key, file.content());
            return;
        }
        ByteBuffer rest = file.buffer();
        for (int part = 1; rest.hasRemaining(); part++) {
            if (part > MOST_PARTS) {
                throw new IllegalArgumentException(file + " is too large for a snapshot");
            }
            byte[] bytes = new byte[Math.min(rest.remaining(), largestPart)];
            rest.get(bytes);
            packing.add(Parts.key(key, part), bytes);
        }
    }

    /** Fills one object after the other, in the order of files, so that the same content always is in the same objects. */
    private static final class Packing {

        private final List<SortedMap<String, byte[]>> objects = new ArrayList<>();
        private int room;

        void add(String key, byte[] bytes) {
            int needs = key.length() + bytes.length;
            if (needs > room) {
                objects.add(new TreeMap<>());
                room = LARGEST_OBJECT;
            }
            room -= needs;
            objects.get(objects.size() - 1).put(key, bytes);
        }
    }
}
