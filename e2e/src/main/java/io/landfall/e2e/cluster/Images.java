package io.landfall.e2e.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings images into a cluster that has no registry: each archive once, however many runs the cluster lives. */
public final class Images {

    private static final Logger log = LoggerFactory.getLogger(Images.class);
    private static final String ANNOTATION = "landfall.io/e2e-image-";

    private final ClusterScript script;
    private final KubernetesClient client;

    Images(ClusterScript script, KubernetesClient client) {
        this.script = script;
        this.client = client;
    }

    /** The cluster has the images of this archive when this returns. */
    void load(Path tar) {
        String digest = digest(tar);
        Node node = client.nodes().list().getItems().get(0);
        if (node.getMetadata().getAnnotations().containsKey(ANNOTATION + digest)) {
            log.info("{} is loaded already", tar);
            return;
        }
        script.loadImage(tar);
        // A merge, since the kubelet writes to the node too.
        client.nodes()
                .withName(node.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + ANNOTATION + digest + "\":\"" + tar.getFileName()
                                + "\"}}}");
    }

    /** As many characters as fit into an annotation's name. */
    private static String digest(Path tar) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tar));
            return HexFormat.of().formatHex(digest).substring(0, 40);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("there is no image " + tar + "; 'mvn package' builds it", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The archive that this build has made. */
    static Path ofThisBuild() {
        return built("jib-image.tar");
    }

    /** The folder of the jars that make the application in the image one with Landfall. */
    public static Path landfallInThisBuild() {
        return built("image-from-nothing").resolve("opt/landfall");
    }

    /** The name of the image in it. */
    static String nameInThisBuild() {
        try {
            return new ObjectMapper()
                    .readTree(built("jib-image.json").toFile())
                    .required("image")
                    .asText();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "there is no image of examples/greeter; 'mvn package' builds it", unreadable);
        }
    }

    private static Path built(String file) {
        return built("greeter", file);
    }

    /** What this build has made of one of the examples. */
    public static Path built(String example, String file) {
        return Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .resolve("../examples")
                .resolve(example)
                .resolve("target")
                .resolve(file)
                .normalize();
    }
}
