package io.landfall.deploy.instances;

import java.util.Locale;
import java.util.regex.Pattern;

/** How values are written. Each throws an {@link IllegalArgumentException} that says what is wrong. */
final class Formats {

    /** The StatefulSet's controller adds eleven characters to the name of each revision, which is a label of at most 63. */
    private static final int LONGEST_NAME = 52;

    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern PORT_NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern PATH = Pattern.compile("/[^\\s$]*");
    private static final Pattern HDFS = Pattern.compile("hdfs://[A-Za-z0-9.:_/-]+");
    private static final Pattern JDBC = Pattern.compile("jdbc:[a-z]+:[\\x21-\\x7e]+");

    private Formats() {}

    static String name(String text) {
        if (text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("'" + text + "' has " + text.length() + " characters, and pods need some"
                    + " of the 63 that Kubernetes allows: " + LONGEST_NAME + " are left");
        }
        return matching(NAME, text, "no name for Services: lower case letters, digits and -, beginning with a letter");
    }

    static String namespace(String text) {
        return matching(NAMESPACE, text, "no namespace: up to 63 lower case letters, digits and - within");
    }

    static String portName(String text) {
        return matching(PORT_NAME, text, "no name for a port: up to 15 lower case letters, digits and -");
    }

    static String objectName(String text) {
        return matching(DNS_NAME, text, "no name of an object: lower case letters, digits, - and .");
    }

    static String image(String text) {
        return matching(IMAGE, text, "no image");
    }

    static String quantity(String text) {
        return matching(QUANTITY, text, "no quantity such as 100Gi or 500m");
    }

    static String variable(String text) {
        return matching(VARIABLE, text, "no name of a variable: letters, digits and _");
    }

    static String path(String text) {
        return matching(PATH, text, "no path: it begins with /");
    }

    static String hdfs(String text) {
        return matching(HDFS, text, "no URI such as hdfs://10.1.77.86/user/cat");
    }

    static String jdbc(String text) {
        return matching(JDBC, text, "no URL such as jdbc:mysql://mysql:3306/cat");
    }

    static int number(String text) {
        return Integer.parseInt(matching(NUMBER, text, "no number from 0 to 99999"));
    }

    static int port(String text) {
        int port = number(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + text + "' is no port: those are from 1 to " + HIGHEST_PORT);
        }
        return port;
    }

    static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    /** One of an enum's words, written in lower case. */
    static <E extends Enum<E>> E word(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is unknown");
    }

    /** Those words, for people. */
    static <E extends Enum<E>> String words(Class<E> type) {
        StringBuilder words = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            words.append(words.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    private static String matching(Pattern pattern, String text, String wrong) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is " + wrong);
        }
        return text;
    }
}
