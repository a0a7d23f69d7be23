package io.landfall.deploy.names;

import io.landfall.deploy.Violation;
import java.util.List;

/**
 * A name that Kubernetes would refuse.
 *
 * @param rule that it breaks
 * @param name as it is
 * @param problems what is wrong, each as the rest of a sentence: {@code has '_'}
 * @param suggestion one that is right
 */
public record BrokenName(NameRule rule, String name, List<String> problems, String suggestion) {

    /** Copies the list. */
    public BrokenName {
        problems = List.copyOf(problems);
    }

    /** The same for whoever collects violations. */
    public Violation at(String place) {
        return new Violation(place, problem(), "write " + suggestion);
    }

    /** What is wrong, and the rule, in one line. */
    public String problem() {
        return "'" + name + "' " + String.join(", ", problems) + "; wanted is " + rule.rule();
    }
}
