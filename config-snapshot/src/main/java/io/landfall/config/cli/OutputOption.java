package io.landfall.config.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** For whom it is said: for people, or for a script. */
final class OutputOption {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private String format = "text";

    void check(Arguments arguments) {
        if (!List.of("text", "json").contains(format)) {
            arguments.complain("--output is '" + Lines.plain(format) + "': write text or json");
        }
    }

    boolean json() {
        return format.equals("json");
    }

    static void print(JsonNode node, PrintWriter out) {
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
