package io.landfall.config.spring;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * All properties of one revision. Boot asks it what to start with before profiles are known; from when they are, it never changes, and
 * another revision is another source in its place.
 */
final class SnapshotPropertySource extends EnumerablePropertySource<MountedSnapshot> implements OriginLookup<String> {

    private static final Pattern INDEX = Pattern.compile("\\.?\\[([^\\]]*)]");

    private final Documents documents;

    private volatile Content content;
    private volatile boolean complete;

    SnapshotPropertySource(MountedSnapshot mounted, Documents documents, Activation activation) {
        super(mounted.sourceName(), mounted);
        this.documents = documents;
        this.content = new Content(documents.active(activation));
        this.complete = activation.profiles() != null || !documents.conditional();
    }

    /** Now it is known what counts. */
    void activate(Activation activation) {
        List<Document> active = documents.active(activation);
        if (!active.equals(content.documents())) {
            content = new Content(active);
        }
        complete = true;
    }

    Snapshot snapshot() {
        return documents.snapshot();
    }

    /** Whether the snapshot says that the value of a key is a secret. */
    boolean secret(String key) {
        Document document = content.document(key);
        return document != null && secret(document.file(), content.spelling(key));
    }

    /** Spring writes a key of YAML that is a number, or in brackets, as an index; the manifest writes it as any other. */
    private static boolean secret(SnapshotFile file, String key) {
        String dotted = dotted(key);
        return file.secret(key)
                || file.secretKeys().stream()
                        .map(SnapshotPropertySource::dotted)
                        .anyMatch(secret -> dotted.equals(secret) || dotted.startsWith(secret + "."));
    }

    private static String dotted(String key) {
        return key.indexOf('[') < 0 ? key : INDEX.matcher(key).replaceAll(".$1");
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return content.value(name);
    }

    @Override
    public boolean containsProperty(String name) {
        return content.contains(name);
    }

    @Override
    public String[] getPropertyNames() {
        return content.names();
    }

    @Override
    public @Nullable Origin getOrigin(String key) {
        Content now = content;
        Document document = now.document(key);
        return document == null ? null : document.origin(now.spelling(key));
    }

    /** Lets Boot remember how keys are spelled. */
    @Override
    public boolean isImmutable() {
        return complete;
    }
}
