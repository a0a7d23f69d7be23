package io.landfall.deploy.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an image could not be pulled, from what dockershim, containerd or CRI-O said: they repeat the image up to four times.
 *
 * @param words empty: they do not say
 */
record RegistryAnswer(String words, String remedy) {

    private static final Pattern PREFACE = Pattern.compile("^(?:Back-off pulling image \"[^\"]*\"(?:: ErrImagePull: )?"
            + "|Failed to (?:pull|inspect) image \"[^\"]*\": |image pull failed for \\S+ because |Error: \\w+)");
    private static final Pattern CODE = Pattern.compile("^rpc error: code = \\w+ desc = ");
    private static final Pattern STEP = Pattern.compile("^(?:failed to pull and unpack image \"[^\"]*\": "
            + "|failed to resolve (?:reference|image) \"[^\"]*\": |failed to do request: |Error response from daemon: "
            + "|initializing source \\S+: |pinging container registry \\S+: |reading manifest \\S+ in \\S+: "
            + "|copying system image from manifest list: |Error reading manifest \\S+ in \\S+: )");
    private static final Pattern HOST = Pattern.compile("lookup (\\S+?)(?: on \\S+)?:? ");
    private static final Pattern ADDRESS = Pattern.compile("dial tcp (\\S+?): ");
    private static final String REGISTRY = "ask whoever runs the registry, or whether the node may reach it";

    private record Known(Pattern said, String words, String remedy) {
        Known(String said, String words, String remedy) {
            this(Pattern.compile("(?i)" + said), words, remedy);
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "no match for platform|no matching manifest",
                    "there is none for the node's kind of processor",
                    "build it for that platform too"),
            new Known(
                    "access denied|unauthorized|authentication required|403 forbidden|denied:|insufficient_scope",
                    "the registry does not let the node have it, or has no such name",
                    "check the name; if it is right, give the pod an imagePullSecret that may read it"),
            new Known(
                    "not found|manifest unknown|name unknown|\\b404\\b",
                    "the registry does not have it",
                    "check that this tag was pushed, and that name and tag are right"),
            new Known("no such host|server misbehaving", "nobody knows the registry %s", "check the registry's name"),
            new Known("x509|certificate|tls:", "the node does not trust the registry's certificate", REGISTRY),
            new Known("toomanyrequests|\\b429\\b", "the registry was asked too often", "wait, or pull with an account"),
            new Known("connection refused", "nothing listens at %s", REGISTRY),
            new Known("timeout|deadline exceeded|no route to host|unreachable", "%s does not answer", REGISTRY),
            new Known(
                    "http response to https client",
                    "the registry speaks HTTP and the node HTTPS",
                    "let the node's container runtime take it as an insecure registry, or give it a certificate"),
            new Known("no space left", "the node's disk is full", "ask whoever runs the cluster to look at the node"));

    static RegistryAnswer of(String said, String image) {
        String bare = said.replace(image, "");
        for (Known known : KNOWN) {
            if (known.said().matcher(bare).find()) {
                return new RegistryAnswer(known.words().replace("%s", where(said)), known.remedy());
            }
        }
        String rest = OneLine.of(steps(said));
        return new RegistryAnswer(rest.isEmpty() ? "" : "\"" + rest + "\"", REGISTRY);
    }

    static String withoutPreface(String message) {
        return CODE.matcher(PREFACE.matcher(message).replaceFirst("")).replaceFirst("");
    }

    private static String steps(String said) {
        String rest = said;
        Matcher step = STEP.matcher(rest);
        while (step.find()) {
            rest = rest.substring(step.end());
            step = STEP.matcher(rest);
        }
        return rest;
    }

    private static String where(String said) {
        Matcher host = HOST.matcher(said);
        if (host.find()) {
            return host.group(1);
        }
        Matcher address = ADDRESS.matcher(said);
        return address.find() ? "the registry at " + address.group(1) : "the registry";
    }
}
