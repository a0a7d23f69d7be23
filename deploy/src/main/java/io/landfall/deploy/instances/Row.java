package io.landfall.deploy.instances;

import io.landfall.deploy.Instance;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.Role;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One row as it was read: what is wrong with it alone is said, what is wrong with it among others is not.
 *
 * @param number from 1
 * @param ordinal empty if it is none
 * @param address empty if it is none
 */
record Row(
        int number,
        Fields fields,
        Optional<Integer> ordinal,
        Optional<IpAddress> address,
        Set<Role> roles,
        boolean hdfs) {

    private static final String ORDINAL = "ordinal";
    private static final String IP = "ip";
    private static final String ROLES = "roles";
    private static final String HDFS = "hdfs";

    /**
     * Reads one.
     *
     * @param cat whether it has the columns of CAT
     */
    static Optional<Row> read(int number, Node node, boolean cat, Complaints complaints) {
        return Fields.of(node, "row " + number + ", column ", complaints).map(fields -> {
            Row row = new Row(
                    number,
                    fields,
                    fields.required(ORDINAL)
                            .flatMap(value -> value.read(Formats::number, "write its pod's number, from 0")),
                    fields.required(IP).flatMap(value -> value.read(IpAddress::parse, "write the address outside")),
                    cat ? roles(fields) : Set.of(),
                    cat && hdfs(fields));
            fields.end();
            return row;
        });
    }

    Optional<Instance> instance() {
        return ordinal.flatMap(pod -> address.map(ip -> new Instance(pod, ip, roles, hdfs)));
    }

    void refuseOrdinal(Complaints complaints, String problem, String remedy) {
        complaints.add(fields.line(ORDINAL), fields.where(ORDINAL), problem, remedy);
    }

    void refuseIp(Complaints complaints, String problem, String remedy) {
        complaints.add(fields.line(IP), fields.where(IP), problem, remedy);
    }

    void refuseRoles(Complaints complaints, String problem, String remedy) {
        complaints.add(fields.line(ROLES), fields.where(ROLES), problem, remedy);
    }

    void refuseHdfs(Complaints complaints, String problem, String remedy) {
        complaints.add(fields.line(HDFS), fields.where(HDFS), problem, remedy);
    }

    private static Set<Role> roles(Fields fields) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Value word : fields.words(ROLES)) {
            word.read(text -> Formats.word(Role.class, text), "roles are " + Formats.words(Role.class))
                    .ifPresent(role -> {
                        if (!roles.add(role)) {
                            word.refuse("'" + word.text() + "' is there twice", "leave one of them out");
                        }
                    });
        }
        return roles;
    }

    private static boolean hdfs(Fields fields) {
        return fields.optional(HDFS)
                .flatMap(value -> value.read(Formats::truth, "write true or false"))
                .orElse(false);
    }
}
