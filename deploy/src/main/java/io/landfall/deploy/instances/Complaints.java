package io.landfall.deploy.instances;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a table, for whoever has read it to the end. Not for several threads. */
final class Complaints {

    private final String file;
    private final List<Found> found = new ArrayList<>();

    private record Found(int line, Violation violation) {}

    Complaints(String file) {
        this.file = file;
    }

    /**
     * Something is wrong.
     *
     * @param line from 1
     * @param where {@code key image}, {@code row 3, column ip}
     */
    void add(int line, String where, String problem, String remedy) {
        String place = where.isEmpty() ? file + ":" + line : file + ":" + line + " " + where;
        found.add(new Found(line, new Violation(place, problem, remedy)));
    }

    /** Refuses the table if anything is wrong, in the order of the lines. */
    void check() {
        if (!found.isEmpty()) {
            throw new RefusedException(found.stream()
                    .sorted(Comparator.comparingInt(Found::line))
                    .map(Found::violation)
                    .toList());
        }
    }
}
