package io.landfall.e2e.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.cluster.EngineRole;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightsTest {

    private static final String APPS = "/apis/apps/v1/namespaces/shop/deployments";
    private static final String CORE = "/api/v1/namespaces/shop/pods";

    private final Rights rights = new Rights();

    private void answered(String method, String uri, int code) {
        rights.answered(method, URI.create(uri), code);
    }

    @Test
    void shouldTellVerbsOfHttp() {
        answered("GET", APPS, 200);
        answered("GET", APPS + "?allowWatchBookmarks=true&watch=true", 200);
        answered("GET", APPS + "/orders", 404);
        answered("PUT", APPS + "/orders", 409);
        answered("DELETE", CORE + "/orders-0", 200);
        answered("GET", CORE + "/orders-0/log?tailLines=60", 200);
        answered("POST", CORE, 201);

        assertThat(rights.used())
                .containsExactlyInAnyOrder(
                        "list deployments.apps",
                        "watch deployments.apps",
                        "get deployments.apps",
                        "update deployments.apps",
                        "delete pods",
                        "get pods/log",
                        "create pods");
    }

    @Test
    void shouldKnowThatAnApplyCanMakeAnObject() {
        answered("PATCH", APPS + "/orders?fieldManager=landfall", 201);
        answered("PATCH", CORE + "/orders-0", 200);

        assertThat(rights.used())
                .containsExactlyInAnyOrder("patch deployments.apps", "create deployments.apps", "patch pods");
    }

    @Test
    void shouldTellWhatWasRefused() {
        answered("GET", CORE, 403);
        answered("GET", "/version", 200);

        assertThat(rights.refused()).containsExactly("list pods");
        assertThat(rights.used()).isEmpty();
    }

    @Test
    void shouldSayTheSameOfRoles() {
        EngineRole role = new EngineRole(
                "somebody", List.of(new EngineRole.Rule("apps", "deployments, statefulsets", "get, list", "a reason")));

        assertThat(Rights.granted(role))
                .containsExactlyInAnyOrder(
                        "get deployments.apps",
                        "list deployments.apps",
                        "get statefulsets.apps",
                        "list statefulsets.apps");
    }
}
