package io.landfall.deploy.diagnosis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ConfigMap, a Secret, a claim or a key of one, that a pod names and that is not there. */
record MissingObject(String words, String remedy) {

    private static final Pattern OBJECT =
            Pattern.compile("(?i)\\b(configmap|secret|persistentvolumeclaim|serviceaccount)s? \"([^\"]+)\" not found");
    private static final Pattern KEY =
            Pattern.compile("couldn't find key (\\S+) in (ConfigMap|Secret) [^/\\s]+/(\\S+)");
    private static final Pattern MOUNTED_KEY =
            Pattern.compile("(configmap|secret)?\\s*references non-existent (secret|config) key: (\\S+)");

    static Optional<MissingObject> in(String message) {
        Matcher object = OBJECT.matcher(message);
        if (object.find()) {
            String kind = kind(object.group(1));
            return Optional.of(new MissingObject(
                    kind + " " + object.group(2) + " is not there",
                    "make it in this namespace, or name one that is there; the pod then goes on by itself"));
        }
        Matcher key = KEY.matcher(message);
        if (key.find()) {
            return Optional.of(missingKey(key.group(2) + " " + key.group(3), key.group(1)));
        }
        Matcher mounted = MOUNTED_KEY.matcher(message);
        return mounted.find()
                ? Optional.of(missingKey(
                        mounted.group(2).equals("secret") ? "a mounted Secret" : "a mounted ConfigMap",
                        mounted.group(3)))
                : Optional.empty();
    }

    private static MissingObject missingKey(String object, String key) {
        return new MissingObject(
                object + " has no key " + key,
                "add the key, or name one that is there; the pod then goes on by itself");
    }

    private static String kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "configmap" -> "ConfigMap";
            case "secret" -> "Secret";
            case "serviceaccount" -> "ServiceAccount";
            default -> "volume claim";
        };
    }
}
