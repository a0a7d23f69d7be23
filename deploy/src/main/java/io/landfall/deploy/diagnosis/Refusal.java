package io.landfall.deploy.diagnosis;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the API server did not let a pod be made. */
final class Refusal {

    private static final Pattern QUOTA =
            Pattern.compile("exceeded quota: ([^,]+), requested: (.*?), used: (.*?), limited: (.*)$", Pattern.DOTALL);
    private static final Pattern UNSAID = Pattern.compile("failed quota: ([^:]+): must specify (.*)$");
    private static final Pattern POD_SECURITY =
            Pattern.compile("violates PodSecurity \"([^\"]+)\": (.*)$", Pattern.DOTALL);
    private static final Pattern DENIED =
            Pattern.compile("admission webhook \"([^\"]+)\" denied the request:? ?(.*)$", Pattern.DOTALL);
    private static final Pattern SILENT = Pattern.compile("failed calling webhook \"([^\"]+)\": (.*)$", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("((?:maximum|minimum) \\S+ usage per .*|\\S+ max limit to request ratio .*)$");
    private static final Pattern FORBIDDEN = Pattern.compile("^\\S+ \"[^\"]*\" is forbidden: ");

    private Refusal() {}

    static Trouble trouble(String subject, String message) {
        Matcher quota = QUOTA.matcher(message);
        if (quota.find()) {
            return new Trouble(
                    Kind.QUOTA,
                    subject,
                    "no pod can be made: quota " + quota.group(1) + " of the namespace has no room: " + used(quota),
                    "ask for less, free some, or have the quota raised");
        }
        Matcher unsaid = UNSAID.matcher(message);
        if (unsaid.find()) {
            return new Trouble(
                    Kind.QUOTA,
                    subject,
                    "no pod can be made: quota " + unsaid.group(1) + " of the namespace wants every container to say "
                            + unsaid.group(2).replace(",", ", "),
                    "say it in the container's resources");
        }
        return refused(subject, message);
    }

    private static String used(Matcher quota) {
        return "a pod asks for " + listed(quota.group(2)) + "; used " + listed(quota.group(3)) + " of "
                + listed(quota.group(4));
    }

    private static String listed(String amounts) {
        return OneLine.of(amounts.replaceAll(",(?! )", ", "));
    }

    private static Trouble refused(String subject, String message) {
        Matcher security = POD_SECURITY.matcher(message);
        if (security.find()) {
            return refused(
                    subject,
                    "the namespace's security level " + security.group(1) + " does not allow "
                            + OneLine.of(security.group(2)),
                    "set what it asks for in the pod's securityContext");
        }
        Matcher denied = DENIED.matcher(message);
        if (denied.find()) {
            return refused(
                    subject,
                    "the cluster's rule " + denied.group(1) + " says no: " + OneLine.of(denied.group(2)),
                    "do as it says, or ask whoever made the rule");
        }
        Matcher silent = SILENT.matcher(message);
        if (silent.find()) {
            return refused(
                    subject,
                    "the cluster's rule " + silent.group(1) + " cannot be asked: " + OneLine.of(silent.group(2)),
                    "ask whoever runs the cluster: this webhook does not answer");
        }
        Matcher range = RANGE.matcher(message);
        if (range.find()) {
            return refused(
                    subject,
                    "the namespace's limits do not allow it: " + OneLine.of(range.group(1)),
                    "ask for what the namespace allows (LimitRange)");
        }
        return MissingObject.in(message)
                .map(missing -> new Trouble(
                        Kind.CONFIGURATION, subject, "no pod can be made: " + missing.words(), missing.remedy()))
                .orElseGet(() -> refused(
                        subject,
                        OneLine.of(FORBIDDEN.matcher(message).replaceFirst("")),
                        "mend what the message names, or ask whoever runs the cluster"));
    }

    private static Trouble refused(String subject, String why, String remedy) {
        return new Trouble(Kind.REFUSED, subject, "no pod can be made: " + why, remedy);
    }
}
