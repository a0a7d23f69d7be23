package io.landfall.examples.greeter;

import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about a greeter. Not {@code GREETER_*}: for a Service called greeter, Kubernetes sets
 * variables of such names itself.
 *
 * @param name by which its answers are told apart: {@code GREETING_NAME}, else {@code POD_NAME}
 * @param registry as Dubbo writes it: {@code GREETING_REGISTRY}
 * @param protocol {@code dubbo} or {@code tri}: {@code GREETING_PROTOCOL}
 * @param host what to bind and register instead of the address that Dubbo finds: {@code GREETING_HOST}
 * @param port {@code GREETING_PORT}
 * @param group of the service, if there are several: {@code GREETING_GROUP}
 * @param qos whether Dubbo listens for operators' commands: {@code GREETING_QOS}
 * @param leash whether to end when the standard input ends, because whoever started it is gone: {@code GREETING_LEASH}
 */
record Settings(
        String name,
        String registry,
        String protocol,
        Optional<String> host,
        int port,
        Optional<String> group,
        boolean qos,
        boolean leash) {

    static final int DEFAULT_PORT = 20880;

    /**
     * Reads an environment.
     *
     * @throws IllegalArgumentException naming the variable that is missing, or is no number
     */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("GREETING_NAME", environment.getOrDefault("POD_NAME", "greeter")),
                required(environment, "GREETING_REGISTRY"),
                environment.getOrDefault("GREETING_PROTOCOL", "dubbo"),
                Optional.ofNullable(environment.get("GREETING_HOST")),
                port(environment.getOrDefault("GREETING_PORT", String.valueOf(DEFAULT_PORT))),
                Optional.ofNullable(environment.get("GREETING_GROUP")),
                Boolean.parseBoolean(environment.getOrDefault("GREETING_QOS", "false")),
                Boolean.parseBoolean(environment.getOrDefault("GREETING_LEASH", "false")));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing from the environment");
        }
        return value;
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("GREETING_PORT is '" + text + "', which is no number", notANumber);
        }
    }
}
