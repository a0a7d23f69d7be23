package io.landfall.deploy.yaml;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a file, for whoever has read it to the end. Not for several threads. */
public final class Complaints {

    private final String file;
    private final List<Found> found = new ArrayList<>();

    private record Found(int line, Violation violation) {}

    /**
     * Nothing is wrong yet.
     *
     * @param file as it is named to people
     */
    public Complaints(String file) {
        this.file = file;
    }

    /**
     * Something is wrong. What was said already, because two readers came by, is not said again.
     *
     * @param line from 1
     * @param where {@code key image}, {@code row 3, column ip}
     */
    public void add(int line, String where, String problem, String remedy) {
        String place = where.isEmpty() ? file + ":" + line : file + ":" + line + " " + where;
        Found complaint = new Found(line, new Violation(place, problem, remedy));
        if (!found.contains(complaint)) {
            found.add(complaint);
        }
    }

    /**
     * Another file, which this one names, is wrong.
     *
     * @param line where it is named
     * @param others what is wrong there
     */
    public void add(int line, List<Violation> others) {
        others.stream().map(violation -> new Found(line, violation)).forEach(found::add);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Refuses the file if anything is wrong, in the order of the lines. */
    public void check() {
        if (!found.isEmpty()) {
            throw new RefusedException(found.stream()
                    .sorted(Comparator.comparingInt(Found::line))
                    .map(Found::violation)
                    .toList());
        }
    }
}
