package io.landfall.deploy.traffic;

import io.landfall.deploy.Balancer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which share of the traffic each ready pod gets, by the nodes that they are on.
 *
 * @param shares one for each pod, by node and name
 * @param unevenness how far the pod that is furthest from an even share is from it: 0.5 is half as much again, or half as much
 */
public record SpreadCheck(List<Share> shares, double unevenness) {

    /** Below this, nobody sees it. */
    private static final double EVEN = 0.005;

    private static final double PERCENT = 100;

    /**
     * A ready pod.
     *
     * @param pod its name
     * @param node where it is
     */
    public record Placed(String pod, String node) {}

    /**
     * What a pod gets.
     *
     * @param pod its name
     * @param node where it is
     * @param part of the whole traffic, from 0 to 1
     */
    public record Share(String pod, String node, double part) {}

    /** Copies the list. */
    public SpreadCheck {
        shares = List.copyOf(shares);
    }

    /**
     * Computes shares for a balancer that gives each node the same share of the connections.
     *
     * @param pods those that are ready
     * @param traffic with {@code LOCAL} a node keeps its share for its own pods
     */
    public static SpreadCheck of(List<Placed> pods, Balancer.Traffic traffic) {
        Map<String, List<Placed>> byNode = byNode(pods);
        List<Share> shares = new ArrayList<>();
        byNode.forEach((node, placed) -> placed.forEach(one -> shares.add(new Share(
                one.pod(),
                node,
                traffic == Balancer.Traffic.LOCAL ? 1.0 / byNode.size() / placed.size() : 1.0 / pods.size()))));
        return new SpreadCheck(shares, unevenness(shares));
    }

    /** Whether each pod gets as much as every other. */
    public boolean even() {
        return unevenness < EVEN;
    }

    /** In one line, for people. */
    public String sentence() {
        if (shares.isEmpty()) {
            return "no pod is ready: nobody answers";
        }
        Map<String, List<Placed>> byNode = byNode(shares.stream()
                .map(share -> new Placed(share.pod(), share.node()))
                .toList());
        String pods = count(shares.size(), "pod") + " on " + count(byNode.size(), "node");
        if (even()) {
            return pods + ": each pod gets " + percent(shares.get(0).part());
        }
        StringBuilder text = new StringBuilder(pods).append(": ");
        byNode.forEach((node, placed) -> text.append(count(placed.size(), "pod"))
                .append(" on ")
                .append(node)
                .append(placed.size() == 1 ? " gets " : " get ")
                .append(percent(1.0 / byNode.size() / placed.size()))
                .append(placed.size() == 1 ? ", " : " each, "));
        return text.append("even would be ")
                .append(percent(1.0 / shares.size()))
                .toString();
    }

    private static Map<String, List<Placed>> byNode(List<Placed> pods) {
        Map<String, List<Placed>> byNode = new TreeMap<>();
        pods.stream().sorted(Comparator.comparing(Placed::pod)).forEach(pod -> byNode.computeIfAbsent(
                        pod.node(), node -> new ArrayList<>())
                .add(pod));
        return byNode;
    }

    private static double unevenness(List<Share> shares) {
        return shares.stream()
                .mapToDouble(share -> Math.abs(share.part() * shares.size() - 1))
                .max()
                .orElse(0);
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    private static String percent(double part) {
        double percent = part * PERCENT;
        return percent == Math.rint(percent)
                ? Math.round(percent) + "%"
                : String.format(Locale.ROOT, "%.1f%%", percent);
    }
}
