package io.landfall.deploy.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines of words in columns, as wide as they need to be. */
public final class Columns {

    private final List<List<String>> rows = new ArrayList<>();

    /** Text that ends no line and commands no terminal: some of it comes from containers. */
    public static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** A line more. */
    public Columns add(String... words) {
        rows.add(List.of(words).stream().map(Columns::plain).toList());
        return this;
    }

    /** All lines. */
    public List<String> aligned() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
