package io.landfall.deploy.instances;

import io.landfall.deploy.IpAddress;
import io.landfall.deploy.Role;
import io.landfall.deploy.yaml.Complaints;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is wrong with rows among each other. */
final class RowRules {

    private final List<Row> rows;
    private final Complaints complaints;
    /** Where the list is named, for what no single row is to blame for. */
    private final int line;

    RowRules(List<Row> rows, int line, Complaints complaints) {
        this.rows = rows;
        this.line = line;
        this.complaints = complaints;
    }

    /** Rules for every software. */
    void check() {
        if (rows.isEmpty()) {
            complaints.add(line, "key instances", "there is no instance", "add a row for each");
            return;
        }
        noDuplicateAddress();
        noDuplicateOrdinal();
        noHole();
        oneFamily();
    }

    /** Rules that CAT adds. */
    void checkCat(boolean hdfsIsNamed) {
        atMostOne(Role.JOB, "two would write the same reports");
        atMostOne(Role.ALARM, "CAT raises alarms in one place only, and two would send each of them twice");
        someOne(Role.JOB, "nobody would write the reports of days, weeks and months");
        someOne(Role.CONSOLE, "nobody would be there for people to look at");
        for (Row row : rows) {
            if (row.address().filter(IpAddress::ipv6).isPresent()) {
                row.refuseIp(
                        complaints,
                        "CAT cannot read an IPv6 address: it takes what comes before the first colon",
                        "give it one of IPv4");
            }
            if (row.hdfs() && !hdfsIsNamed) {
                row.refuseHdfs(complaints, "no HDFS is named", "add cat.hdfs, or leave the column out");
            }
        }
    }

    private void noDuplicateAddress() {
        firstOf(Row::address)
                .forEach((row, first) -> row.refuseIp(
                        complaints,
                        "'" + row.address().orElseThrow() + "' is that of row " + first.number() + " too",
                        "give each instance an address of its own"));
    }

    private void noDuplicateOrdinal() {
        firstOf(Row::ordinal)
                .forEach((row, first) -> row.refuseOrdinal(
                        complaints,
                        row.ordinal().orElseThrow() + " is that of row " + first.number() + " too",
                        "count from 0 to " + (rows.size() - 1)));
    }

    /** Each row whose value another one had before, with that one. */
    private <T> Map<Row, Row> firstOf(Function<Row, Optional<T>> column) {
        Map<T, Row> first = new HashMap<>();
        Map<Row, Row> again = new LinkedHashMap<>();
        for (Row row : rows) {
            column.apply(row).ifPresent(value -> {
                Row before = first.putIfAbsent(value, row);
                if (before != null) {
                    again.put(row, before);
                }
            });
        }
        return again;
    }

    /** A StatefulSet of n pods has those from 0 to n-1. */
    private void noHole() {
        Set<Integer> there =
                rows.stream().flatMap(row -> row.ordinal().stream()).collect(Collectors.toSet());
        if (rows.stream().anyMatch(row -> row.ordinal().isEmpty())) {
            // What is missing may be there, unreadable.
            return;
        }
        for (Row row : rows) {
            int ordinal = row.ordinal().orElse(0);
            if (ordinal > 0 && !there.contains(ordinal - 1)) {
                row.refuseOrdinal(
                        complaints,
                        ordinal + " comes after a hole: no row has " + (ordinal - 1),
                        "count from 0 to " + (rows.size() - 1));
            }
        }
        if (!there.contains(0)) {
            complaints.add(line, "key instances", "no row has the ordinal 0", "count from 0 to " + (rows.size() - 1));
        }
    }

    private void oneFamily() {
        List<Row> named = rows.stream().filter(row -> row.address().isPresent()).toList();
        for (Row row : named) {
            boolean other = row.address().orElseThrow().ipv6()
                    != named.get(0).address().orElseThrow().ipv6();
            if (other) {
                row.refuseIp(
                        complaints,
                        "'" + row.address().orElseThrow() + "' is of another IP family than row "
                                + named.get(0).number(),
                        "let all instances have IPv4 addresses, or all IPv6");
            }
        }
    }

    private void atMostOne(Role role, String because) {
        List<Row> having = having(role);
        having.stream()
                .skip(1)
                .forEach(row -> row.refuseRoles(
                        complaints,
                        "row " + having.get(0).number() + " is the " + word(role) + " machine already: " + because,
                        "leave " + word(role) + " to one of them"));
    }

    private void someOne(Role role, String because) {
        if (having(role).isEmpty()) {
            complaints.add(
                    line,
                    "key instances",
                    "no row has the role " + word(role) + ": " + because,
                    "give it to one of them");
        }
    }

    private List<Row> having(Role role) {
        return rows.stream().filter(row -> row.roles().contains(role)).toList();
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
