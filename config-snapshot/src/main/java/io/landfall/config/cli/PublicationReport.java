package io.landfall.config.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.config.Publication;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.diff.FileDiff;
import io.landfall.config.diff.SnapshotDiff;
import io.landfall.config.layout.StoredForm.StoredObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Says what became of a publication.
 *
 * @param objects of a cluster that have it, the one with the manifest first
 */
record PublicationReport(Publication publication, List<StoredObject> objects) {

    void print(boolean json, PrintWriter out) {
        SnapshotDiff diff = SnapshotDiff.between(publication.before(), publication.snapshot());
        if (json) {
            OutputOption.print(json(diff), out);
            return;
        }
        Snapshot snapshot = publication.snapshot();
        String before = publication
                .before()
                .map(b -> ", compared with " + b.id().revision())
                .orElse("");
        out.println(verb() + snapshot + before);
        objects.forEach(object -> out.println("  " + kind(object) + " " + object.name()));
        boolean readable = publication.outcome() == Publication.Outcome.CHECKED
                && publication.before().isPresent();
        out.print(readable ? diff.render() : diff.summary());
        out.flush();
    }

    private static String kind(StoredObject object) {
        return object.secret() ? "Secret" : "ConfigMap";
    }

    private String verb() {
        return switch (publication.outcome()) {
            case PUBLISHED -> "published ";
            case UNCHANGED -> "unchanged ";
            case CHECKED -> "would publish ";
        };
    }

    private ObjectNode json(SnapshotDiff diff) {
        Snapshot snapshot = publication.snapshot();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", publication.outcome().name().toLowerCase(Locale.ROOT));
        json.put("app", snapshot.id().app());
        json.put("revision", snapshot.id().revision());
        json.put("digest", snapshot.digest());
        json.put("files", snapshot.files().size());
        json.put(
                "secretFiles",
                snapshot.files().stream().filter(SnapshotFile::secret).count());
        json.put("bytes", snapshot.size());
        json.put("before", publication.before().map(b -> b.id().revision()).orElse(null));
        var named = json.putArray("objects");
        objects.forEach(object -> named.addObject().put("kind", kind(object)).put("name", object.name()));
        var changes = json.putArray("changes");
        for (FileDiff file : diff.files()) {
            changes.addObject()
                    .put("file", file.name().path())
                    .put("kind", file.kind().name().toLowerCase(Locale.ROOT))
                    .put("added", file.added())
                    .put("removed", file.removed())
                    .put("remark", file.remark());
        }
        return json;
    }
}
