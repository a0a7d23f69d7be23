package io.landfall.deploy.names;

import static io.landfall.deploy.names.Form.Trait.EMPTY_ALLOWED;
import static io.landfall.deploy.names.Form.Trait.HAS_A_LETTER;
import static io.landfall.deploy.names.Form.Trait.LETTER_FIRST;
import static io.landfall.deploy.names.Form.Trait.LOWER_CASE;
import static io.landfall.deploy.names.Form.Trait.NO_DIGIT_FIRST;
import static io.landfall.deploy.names.Form.Trait.NO_TWO_DOTS_FIRST;
import static io.landfall.deploy.names.Form.Trait.ROUND_ENDS;
import static io.landfall.deploy.names.Form.Trait.ROUND_PARTS;
import static io.landfall.deploy.names.Form.Trait.SINGLE_DASHES;
import static io.landfall.deploy.names.Form.Trait.WORD_FIRST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule for names. The limits are those of the oldest Kubernetes that is supported, 1.20; later ones take at least as much.
 *
 * <p>Where controllers add to a name, the limit is what they leave. The pods of a Deployment need none: the API server cuts their
 * names at 58 characters before it adds its own five.
 */
public enum NameRule {
    /** Containers, volumes, ports of a Service. */
    DNS_LABEL(
            "a DNS label (RFC 1123): up to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit",
            Form.of("a-z0-9-", 63, LOWER_CASE, ROUND_ENDS)),
    /** Most objects. */
    DNS_SUBDOMAIN(
            "a DNS subdomain (RFC 1123): up to 253 of a-z, 0-9, - and ., each part between dots beginning and ending with a letter"
                    + " or digit",
            Form.of("a-z0-9.-", 253, LOWER_CASE, ROUND_PARTS)),
    /** Namespaces. */
    NAMESPACE(
            "a namespace: up to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit",
            Form.of("a-z0-9-", 63, LOWER_CASE, ROUND_ENDS)),
    /** Services, whose names are in the DNS by an older rule. */
    SERVICE(
            "the name of a Service (RFC 1035): up to 63 of a-z, 0-9 and -, beginning with a letter and ending with a letter or digit",
            Form.of("a-z0-9-", 63, LOWER_CASE, LETTER_FIRST, ROUND_ENDS)),
    /** Deployments. A ReplicaSet has the name, a dash and up to ten characters. */
    DEPLOYMENT(
            "the name of a Deployment: up to 242 of a-z, 0-9, - and ., since ReplicaSets add 11 to it",
            Form.of("a-z0-9.-", 242, LOWER_CASE, ROUND_PARTS)),
    /** StatefulSets. The label controller-revision-hash has the name, a dash and up to ten characters. */
    STATEFUL_SET(
            "the name of a StatefulSet: up to 52 of a-z, 0-9 and -, since the label with its revision adds 11 to it",
            Form.of("a-z0-9-", 52, LOWER_CASE, ROUND_ENDS)),
    /** CronJobs. A Job has the name, a dash and the time in minutes or seconds. */
    CRON_JOB(
            "the name of a CronJob: up to 52 of a-z, 0-9, - and ., since its Jobs add 11 to it",
            Form.of("a-z0-9.-", 52, LOWER_CASE, ROUND_PARTS)),
    /** Values of labels. */
    LABEL_VALUE(
            "the value of a label: up to 63 letters, digits, -, _ and ., beginning and ending with a letter or digit",
            Form.of("A-Za-z0-9._-", 63, ROUND_ENDS, EMPTY_ALLOWED)),
    /** Keys of labels. */
    LABEL_KEY(
            "the key of a label: up to 63 letters, digits, -, _ and ., beginning and ending with a letter or digit, after a DNS"
                    + " subdomain and a / or none",
            new QualifiedForm()),
    /** Keys of annotations. */
    ANNOTATION_KEY(
            "the key of an annotation: up to 63 letters, digits, -, _ and ., beginning and ending with a letter or digit, after a"
                    + " DNS subdomain and a / or none",
            new QualifiedForm()),
    /** Ports of a container. */
    PORT_NAME(
            "the name of a port (RFC 6335): up to 15 of a-z, 0-9 and single -, beginning and ending with a letter or digit, at least"
                    + " one letter",
            Form.of("a-z0-9-", 15, LOWER_CASE, ROUND_ENDS, SINGLE_DASHES, HAS_A_LETTER)),
    /** Variables of a container. */
    VARIABLE(
            "the name of a variable: letters, digits, _, - and ., not beginning with a digit or two dots",
            Form.of("A-Za-z0-9._-", Integer.MAX_VALUE, NO_DIGIT_FIRST, NO_TWO_DOTS_FIRST)),
    /** Keys of a ConfigMap or a Secret. */
    CONFIG_MAP_KEY(
            "the key of a ConfigMap: up to 253 letters, digits, -, _ and ., and neither . nor beginning with two dots",
            Form.of("A-Za-z0-9._-", 253, NO_TWO_DOTS_FIRST)),
    /** Tags of images. */
    IMAGE_TAG(
            "the tag of an image: up to 128 letters, digits, _, - and ., beginning with a letter, a digit or _",
            Form.of("A-Za-z0-9._-", 128, WORD_FIRST)),
    /** Applications that have snapshots of their configuration. */
    SNAPSHOT_APPLICATION(
            "the name of an application with snapshots: up to 63 of a-z, 0-9 and single -, beginning and ending with a letter or"
                    + " digit",
            Form.of("a-z0-9-", 63, LOWER_CASE, ROUND_ENDS, SINGLE_DASHES)),
    /** Versions of snapshots. */
    SNAPSHOT_VERSION(
            "the version of a snapshot: up to 50 of a-z, 0-9, and single - and . within",
            Form.of("a-z0-9.-", 50, LOWER_CASE, ROUND_PARTS, SINGLE_DASHES));

    private final String rule;
    /** Forms have nothing that changes; there is no annotation here to say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final NameForm form;

    NameRule(String rule, NameForm form) {
        this.rule = rule;
        this.form = form;
    }

    /** The rule in words, for people. */
    public String rule() {
        return rule;
    }

    /** What is wrong with a name; empty: nothing. */
    public Optional<BrokenName> check(String name) {
        return check("", name, "");
    }

    /**
     * What is wrong with a name to which others add.
     *
     * @param before what they put before it
     * @param name somebody's
     * @param after what they put after it
     */
    public Optional<BrokenName> check(String before, String name, String after) {
        List<String> problems = new ArrayList<>(form.problems(before + name + after));
        if (name.isEmpty() && !(before + after).isEmpty()) {
            problems.add(0, "is empty");
        }
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new BrokenName(this, name, problems, corrected(before, name, after)));
    }

    /** The name nearest to it that is right; itself, if it is. */
    public String corrected(String name) {
        return form.corrected(name, 0);
    }

    /** The same for a name to which others add. */
    String corrected(String before, String name, String after) {
        String whole = form.corrected(before + name + after, 0);
        boolean kept = whole.startsWith(before) && whole.endsWith(after) && whole.length() > (before + after).length();
        return kept
                ? whole.substring(before.length(), whole.length() - after.length())
                : form.corrected(name, before.length() + after.length());
    }
}
