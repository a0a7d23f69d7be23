package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePullTest {

    private static final String IMAGE = "registry.example.com/shop:1.4.3";

    /** pkg/kubelet/images/image_manager.go of 1.20: the status says no more than this, and the event before has the reason. */
    @Test
    void shouldFindTheReasonInTheEventWhereTheStatusHasNone() {
        assertThat(Pods.trouble(
                        Pods.waiting("ImagePullBackOff", "Back-off pulling image \"" + IMAGE + "\""),
                        Pods.event("Failed", "Error: ImagePullBackOff"),
                        Pods.event(
                                "Failed",
                                "Failed to pull image \"" + IMAGE
                                        + "\": rpc error: code = Unknown desc = Error response from daemon: manifest for "
                                        + IMAGE
                                        + " not found: manifest unknown: manifest unknown",
                                "2026-03-01T08:13:00Z")))
                .contains(new Trouble(
                        Kind.IMAGE,
                        "shop-7f9c-x2x",
                        "image registry.example.com/shop:1.4.3 cannot be pulled: the registry does not have it",
                        "check that this tag was pushed, and that name and tag are right"));
    }

    /** What kubelets of 1.20 (dockershim) and of 1.32 to 1.35 (containerd) were seen to say, after their preface. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rpc error: code = Unknown desc = Error response from daemon: pull access denied for nginxx, repository does not exist or may require 'docker login': denied: requested access to the resource is denied | the registry does not let the node have it, or has no such name",
                "rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/python:9\": failed to resolve reference \"docker.io/library/python:9\": docker.io/library/python:9: not found | the registry does not have it",
                "failed to pull and unpack image \"registry.invalid/a:v9\": failed to resolve reference \"registry.invalid/a:v9\": failed to do request: Head \"https://registry.invalid/v2/a/manifests/v9\": dial tcp: lookup registry.invalid on 10.96.0.10:53: no such host | nobody knows the registry registry.invalid",
                "failed to do request: Head \"https://localhost:5000/v2/webapp/manifests/latest\": dial tcp [::1]:5000: connect: connection refused | nothing listens at the registry at [::1]:5000",
                "failed to do request: Head \"https://registry-1.docker.io/v2/library/busybox/manifests/1.36.1\": dial tcp 202.160.128.40:443: i/o timeout | the registry at 202.160.128.40:443 does not answer",
                "failed to pull and unpack image \"docker.io/m/petclinic:1.1.0\": no match for platform in manifest: not found | there is none for the node's kind of processor",
                "failed to resolve reference \"r.example.com/a:1\": failed to do request: Head \"https://r.example.com/v2/a/manifests/1\": http: server gave HTTP response to HTTPS client | the registry speaks HTTP and the node HTTPS",
                "something new | \"something new\""
            })
    void shouldShortenWhatRegistriesSay(String said, String words) {
        assertThat(Pods.sentence(Pods.waiting("ErrImagePull", said)))
                .isEqualTo("image " + IMAGE + " cannot be pulled: " + words);
        assertThat(Pods.sentence(Pods.waiting(
                        "ImagePullBackOff", "Back-off pulling image \"" + IMAGE + "\": ErrImagePull: " + said)))
                .as("the status of 1.32 and later has both")
                .isEqualTo("image " + IMAGE + " cannot be pulled: " + words);
    }

    /** image_manager.go, the same in 1.20 and 1.35. */
    @Test
    void shouldTellImagesThatMayNotBePulledFromThoseThatCannot() {
        assertThat(Pods.sentence(Pods.waiting(
                        "ErrImageNeverPull",
                        "Container image \"" + IMAGE + "\" is not present with pull policy of Never")))
                .isEqualTo("image " + IMAGE + " is not on node n1 and may not be pulled (imagePullPolicy Never)");
        assertThat(
                        Pods.sentence(
                                Pods.waiting(
                                        "InvalidImageName",
                                        "Failed to apply default image tag \"Shop:1\": couldn't parse image reference \"Shop:1\": invalid reference format")))
                .isEqualTo("\"" + IMAGE + "\" is no image's name");
    }

    @Test
    void shouldNotShowAnAccountOfTheRegistry() {
        assertThat(Pods.sentence(Pods.waiting("ErrImagePull", "broken: https://bob:hunter2@registry.example.com/v2/")))
                .doesNotContain("hunter2")
                .contains("https://bob:***@registry.example.com");
    }
}
