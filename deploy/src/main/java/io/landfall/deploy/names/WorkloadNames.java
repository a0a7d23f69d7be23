package io.landfall.deploy.names;

/** What is made of the name of an application. */
public final class WorkloadNames {

    /** What the ConfigMap with a workload's release order has after its name. */
    public static final String RELEASE = "-release";

    /** What the ConfigMap with an application's files has after its name, before ten characters of their digest. */
    public static final String FILES = "-files-";

    private static final String DIGEST = "0123456789";
    private static final String PLACEHOLDER_VERSION = "1";

    private WorkloadNames() {}

    /**
     * Everything that an application's name is used for.
     *
     * @param place where it stands
     * @param workload {@link NameRule#DEPLOYMENT}, {@link NameRule#STATEFUL_SET} or {@link NameRule#CRON_JOB}
     */
    public static NameUses of(String place, String name, NameRule workload) {
        NameUses uses = new NameUses();
        uses.add(place, name, workload, "the " + kind(workload));
        uses.add(place, name, NameRule.DNS_LABEL, "the container");
        uses.add(place, name, NameRule.LABEL_VALUE, "the label app.kubernetes.io/name");
        uses.add(place, name, NameRule.DNS_SUBDOMAIN, "the ConfigMap of its releases", "", RELEASE);
        uses.add(place, name, NameRule.DNS_SUBDOMAIN, "the ConfigMap of its files", "", FILES + DIGEST);
        uses.add(place, name, NameRule.SNAPSHOT_APPLICATION, "its snapshots");
        uses.add(
                place,
                name,
                NameRule.DNS_SUBDOMAIN,
                "the ConfigMaps of its snapshots",
                "",
                "-config-" + PLACEHOLDER_VERSION + "--live");
        if (workload != NameRule.CRON_JOB) {
            uses.add(place, name, NameRule.SERVICE, "its Service");
        }
        return uses;
    }

    private static String kind(NameRule workload) {
        return switch (workload) {
            case DEPLOYMENT -> "Deployment";
            case STATEFUL_SET -> "StatefulSet";
            case CRON_JOB -> "CronJob";
            default -> throw new IllegalArgumentException(workload + " is no workload");
        };
    }
}
