package io.landfall.config.apollo;

import java.util.regex.Pattern;

/** What Apollo's portal allows as the name of an application, an environment, a cluster or a namespace. */
final class ApolloName {

    static final String RULE = "letters, digits and _ . - only";

    private static final Pattern ALLOWED = Pattern.compile("(?!\\.+$)[0-9a-zA-Z_.-]+");

    private ApolloName() {}

    /** Also says that it can stand in a URL as it is. */
    static boolean fits(String name) {
        return ALLOWED.matcher(name).matches();
    }

    /** @throws IllegalArgumentException if it does not fit */
    static String checked(String what, String name) {
        if (!fits(name)) {
            throw new IllegalArgumentException("the " + what + " may have " + RULE);
        }
        return name;
    }
}
