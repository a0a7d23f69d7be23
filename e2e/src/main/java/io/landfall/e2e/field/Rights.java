package io.landfall.e2e.field;

import io.landfall.deploy.cluster.EngineRole;
import io.landfall.e2e.cluster.FaultProxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which rights in a namespace somebody makes use of, and which somebody would need besides; such as {@code "list deployments.apps"}. */
public final class Rights implements FaultProxy.Witness {

    private static final Pattern PATH = Pattern.compile(
            "/(?:api|apis/(?<group>[^/]+))/[^/]+/namespaces/[^/]+/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<sub>.+))?)?");
    private static final int CREATED = 201;
    private static final int FORBIDDEN = 403;

    private final Set<String> used = new ConcurrentSkipListSet<>();
    private final Set<String> refused = new ConcurrentSkipListSet<>();

    /** All that a role grants. */
    public static Set<String> granted(EngineRole role) {
        return role.rules().stream()
                .flatMap(rule -> words(rule.verbs()).flatMap(verb -> words(rule.resources())
                        .map(resource -> verb + " " + resource + suffix(rule.group()))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static java.util.stream.Stream<String> words(String text) {
        return Arrays.stream(text.split(", *"));
    }

    private static String suffix(String group) {
        return group.isEmpty() ? "" : "." + group;
    }

    /** Those that were made use of. */
    public Set<String> used() {
        return Set.copyOf(used);
    }

    /** Those that were asked for, and were not there. */
    public Set<String> refused() {
        return Set.copyOf(refused);
    }

    @Override
    public void answered(String method, URI uri, int code) {
        Matcher path = PATH.matcher(uri.getPath());
        if (!path.matches()) {
            return;
        }
        String subresource = path.group("sub") == null ? "" : "/" + path.group("sub");
        String group = path.group("group") == null ? "" : path.group("group");
        String resource = " " + path.group("resource") + subresource + suffix(group);
        Set<String> rights = code == FORBIDDEN ? refused : used;
        rights.add(verb(method, path.group("name") == null, String.valueOf(uri.getQuery())) + resource);
        if (method.equals("PATCH") && code == CREATED) {
            // An apply that makes an object needs both rights.
            rights.add("create" + resource);
        }
    }

    private static String verb(String method, boolean all, String query) {
        return switch (method) {
            case "GET" -> query.contains("watch=true") ? "watch" : all ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> all ? "deletecollection" : "delete";
            default -> method;
        };
    }
}
