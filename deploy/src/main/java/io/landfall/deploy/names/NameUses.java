package io.landfall.deploy.names;

import io.landfall.deploy.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What names are used for. A name that breaks several rules is said once, with all of them. Not for several threads. */
public final class NameUses {

    /** Corrections for one rule may break another; after so many turns they agree, or never will. */
    private static final int TURNS = 8;

    private final Map<Named, List<Use>> uses = new LinkedHashMap<>();

    private record Named(String place, String name) {}

    private record Use(String what, NameRule rule, String before, String after) {

        Optional<BrokenName> check(String name) {
            return rule.check(before, name, after);
        }

        String corrected(String name) {
            return check(name)
                    .map(broken -> rule.corrected(before, name, after))
                    .orElse(name);
        }
    }

    /**
     * A name is used as it is.
     *
     * @param place where it stands
     * @param what it names, for people: {@code the container}
     */
    public NameUses add(String place, String name, NameRule rule, String what) {
        return add(place, name, rule, what, "", "");
    }

    /**
     * A name is part of another.
     *
     * @param before what is put before it
     * @param after what is put after it
     */
    public NameUses add(String place, String name, NameRule rule, String what, String before, String after) {
        uses.computeIfAbsent(new Named(place, name), unused -> new ArrayList<>())
                .add(new Use(what, rule, before, after));
        return this;
    }

    /** One violation for each name that cannot be used for everything, in the order in which they were added. */
    public List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        uses.forEach((named, all) -> violation(named, all).ifPresent(violations::add));
        return violations;
    }

    private static Optional<Violation> violation(Named named, List<Use> uses) {
        Set<String> problems = new LinkedHashSet<>();
        Map<NameRule, Set<String>> broken = new LinkedHashMap<>();
        for (Use use : uses) {
            use.check(named.name()).ifPresent(found -> {
                problems.addAll(found.problems());
                broken.computeIfAbsent(use.rule(), unused -> new LinkedHashSet<>())
                        .add(use.what());
            });
        }
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        String rules = broken.entrySet().stream()
                .map(entry -> "for " + String.join(", ", entry.getValue()) + " wanted is "
                        + entry.getKey().rule())
                .collect(Collectors.joining("; "));
        return Optional.of(new Violation(
                named.place(),
                "'" + named.name() + "' " + String.join(", ", problems) + "; " + rules,
                "write " + suggestion(named.name(), uses)));
    }

    private static String suggestion(String name, List<Use> uses) {
        String suggestion = name;
        for (int turn = 0; turn < TURNS; turn++) {
            String before = suggestion;
            for (Use use : uses) {
                suggestion = use.corrected(suggestion);
            }
            if (suggestion.equals(before)) {
                break;
            }
        }
        return suggestion;
    }
}
