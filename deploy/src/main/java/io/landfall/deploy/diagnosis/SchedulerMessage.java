package io.landfall.deploy.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scheduler says of a pod that fits nowhere: {@code 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) ...}.
 *
 * @param nodes how many were looked at; 0: it does not say
 * @param obstacles in its order, the commonest words first
 */
record SchedulerMessage(int nodes, List<Obstacle> obstacles) {

    /** Since 1.2x it adds whom it could have thrown out, which repeats the number of nodes. */
    private static final Pattern PREEMPTION =
            Pattern.compile("\\.?\\s*(?:no new claims to deallocate, )?preemption:.*$", Pattern.DOTALL);

    private static final Pattern HEAD = Pattern.compile("^0/(\\d+) nodes are available: ?(.*)$", Pattern.DOTALL);
    /** In 1.20 a reason has a comma in it: {@code had taint {a: b}, that the pod didn't tolerate}. */
    private static final Pattern BETWEEN = Pattern.compile(", (?=\\d+ )");

    private static final Pattern COUNTED = Pattern.compile("^(\\d+) (.*)$", Pattern.DOTALL);

    /**
     * What stands in the way.
     *
     * @param nodes on how many; 0: it does not say
     * @param reason in the scheduler's words
     */
    record Obstacle(int nodes, String reason) {}

    static SchedulerMessage parse(String message) {
        String text = PREEMPTION.matcher(message.strip()).replaceFirst("");
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            return new SchedulerMessage(0, List.of(new Obstacle(0, undotted(text))));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        for (String part : BETWEEN.split(undotted(head.group(2)), -1)) {
            Matcher counted = COUNTED.matcher(part);
            obstacles.add(
                    counted.matches()
                            ? new Obstacle(number(counted.group(1)), counted.group(2))
                            : new Obstacle(0, part));
        }
        return new SchedulerMessage(number(head.group(1)), obstacles);
    }

    private static String undotted(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static int number(String digits) {
        return digits.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
