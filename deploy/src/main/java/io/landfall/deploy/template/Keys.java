package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.landfall.deploy.image.ImageTrace;
import io.landfall.deploy.names.NameRule;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations. */
final class Keys {

    static final String NAME = "app.kubernetes.io/name";
    static final String EIP = "landfall.io/eip";
    static final String SNAPSHOT = "landfall.io/snapshot";

    private static final int DIGEST_CHARACTERS = 12;
    private static final String DIGEST_PREFIX = "sha256:";

    private Keys() {}

    /** What never changes: a Deployment keeps it for ever. */
    static Map<String, String> selector(RenderRequest request) {
        return Map.of(NAME, request.name());
    }

    static Map<String, String> labels(RenderRequest request) {
        return new TreeMap<>(Map.of(
                NAME,
                request.name(),
                "app.kubernetes.io/part-of",
                request.application().partOf(),
                "app.kubernetes.io/managed-by",
                "landfall"));
    }

    /** Of the workload and its pods. */
    static Map<String, String> versioned(RenderRequest request) {
        Map<String, String> labels = labels(request);
        labels.put("app.kubernetes.io/version", version(request));
        return labels;
    }

    /** A tag may be longer than a label. */
    private static String version(RenderRequest request) {
        String version = request.image().tag().orElseGet(() -> request.image()
                .digest()
                .map(digest -> digest.substring(DIGEST_PREFIX.length(), DIGEST_PREFIX.length() + DIGEST_CHARACTERS))
                .orElse("latest"));
        return NameRule.LABEL_VALUE.corrected(version);
    }

    static ObjectMeta metadata(RenderRequest request, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(request.environment().place().namespace())
                .withLabels(labels(request))
                .build();
    }

    /** Of the workload alone: they start no pod anew. */
    static Map<String, String> annotations(RenderRequest request) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put("landfall.io/owner", request.application().owner());
        annotations.put(
                "landfall.io/deploy-config",
                request.application().source().file() + "@sha256:"
                        + request.application().source().digest());
        request.commit().ifPresent(commit -> annotations.put(ImageTrace.COMMIT, commit));
        return annotations;
    }

    /** Of pods: what they are told. */
    static Map<String, String> podAnnotations(RenderRequest request) {
        Map<String, String> annotations = new TreeMap<>();
        request.environment().registered().ifPresent(address -> annotations.put(EIP, address));
        request.snapshot().ifPresent(snapshot -> annotations.put(SNAPSHOT, snapshot.id()));
        return annotations;
    }
}
