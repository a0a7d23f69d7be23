package io.landfall.deploy.diagnosis;

import io.landfall.deploy.diagnosis.SchedulerMessage.Obstacle;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scheduler's reasons in plain words, and what to do about each. */
final class Obstacles {

    private static final String OPERATORS = "ask whoever runs the cluster";

    /**
     * A reason that is known.
     *
     * @param words of a node, said after its number
     */
    private record Known(Pattern reason, BiFunction<Matcher, Asked, String> words, String remedy) {
        Known(String reason, String words, String remedy) {
            this(Pattern.compile(reason), (matcher, asked) -> words, remedy);
        }

        Known(String reason, BiFunction<Matcher, Asked, String> words, String remedy) {
            this(Pattern.compile(reason), words, remedy);
        }
    }

    /** What is particular comes before what is general. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "Insufficient (\\S+)",
                    (found, asked) -> "has too little free " + found.group(1) + asked.shown(found.group(1)),
                    "free some, add a node, or ask for less"),
            new Known("Too many pods", "has as many pods as it may have", "add a node"),
            new Known(
                    "taint \\{node\\.kubernetes\\.io/(?:not-ready|unreachable)",
                    "does not answer",
                    OPERATORS + " to look at the node"),
            new Known(
                    "taint \\{node\\.kubernetes\\.io/([a-z]+)-pressure",
                    (found, asked) -> "is short of " + found.group(1),
                    OPERATORS + " to look at the node"),
            new Known(
                    "taint \\{node\\.kubernetes\\.io/unschedulable|node\\(s\\) were unschedulable",
                    "is closed for new pods (cordoned)",
                    OPERATORS + " when it opens again"),
            new Known(
                    "taint \\{([^}]*?):? *\\}",
                    (found, asked) ->
                            "is reserved by the taint " + found.group(1).replace(": ", "="),
                    "let the pod tolerate the taint, or take other nodes"),
            new Known(
                    "had taints that the pod didn't tolerate|untolerated taint",
                    "is reserved by a taint",
                    "let the pod tolerate the taint, or take other nodes"),
            new Known(
                    "volume node affinity conflict|no available volume zone",
                    "cannot reach the volume",
                    "the volume is on a node or in a zone that has no room for the pod"),
            new Known(
                    "topology spread constraints",
                    "has more of these pods than the others may differ by",
                    "add a node, or let the spread be preferred only"),
            new Known(
                    "anti-affinity",
                    "has a pod that this one must not be beside",
                    "add a node, or make the anti-affinity preferred only"),
            new Known("pod affinity", "has no pod that this one must be beside", "look at the pod's affinity"),
            new Known(
                    "node affinity|node selector|requested hostname|affinity/selector",
                    "is not one that it asks for",
                    "look at the pod's nodeSelector and affinity, and at the nodes' labels"),
            new Known("free ports", "has the port taken already", "do without hostPort, or add a node"),
            new Known("exceed max volume count", "has as many volumes as it may have", "add a node"),
            new Known(
                    "did(?:n't| not) find available persistent volumes",
                    "has no volume that fits the claim",
                    "look at the claim's size and storage class"));

    private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";
    private static final Pattern CLAIM =
            Pattern.compile("persistentvolumeclaim \"([^\"]+)\" (not found|is being deleted)");

    private Obstacles() {}

    static String words(Obstacle obstacle, Asked asked) {
        for (Known known : KNOWN) {
            Matcher found = known.reason().matcher(obstacle.reason());
            if (found.find()) {
                return counted(obstacle.nodes(), known.words().apply(found, asked));
            }
        }
        Matcher claim = CLAIM.matcher(obstacle.reason());
        if (claim.find()) {
            return "its volume claim " + claim.group(1) + " is "
                    + (claim.group(2).equals("not found") ? "not there" : "going");
        }
        if (obstacle.reason().contains(UNBOUND)) {
            return "its volume claim has no volume yet";
        }
        return (obstacle.nodes() == 0 ? "" : obstacle.nodes() + " ") + OneLine.of(obstacle.reason());
    }

    static String remedy(Obstacle obstacle) {
        for (Known known : KNOWN) {
            if (known.reason().matcher(obstacle.reason()).find()) {
                return known.remedy();
            }
        }
        if (CLAIM.matcher(obstacle.reason()).find()) {
            return "make the claim, or name one that is there";
        }
        return obstacle.reason().contains(UNBOUND)
                ? "look at the claim: its storage class may not exist, or has no volume left"
                : OPERATORS;
    }

    private static String counted(int nodes, String words) {
        if (nodes == 0) {
            return "a node " + words;
        }
        return nodes + " " + (nodes == 1 ? words : plural(words));
    }

    private static String plural(String words) {
        return words.replaceFirst("^has ", "have ").replaceFirst("^is ", "are ").replaceFirst("^does ", "do ");
    }
}
