package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.cluster.ApiException;
import io.landfall.deploy.image.BuildFailedException;
import io.landfall.deploy.report.Columns;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What the program says and ends with when it does not do what it was asked for. */
final class Errors {

    private static final int TOO_MANY_REQUESTS = 429;

    private Errors() {}

    static ObjectNode document(String error, String message) {
        return node().put("error", error).put("message", message);
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Wrong arguments are complained of in text: a script that calls wrongly has a person to read it. */
    static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    static int explain(Exception failed, CommandLine command) throws Exception {
        if (failed instanceof ParameterException wrong) {
            return refuse(wrong);
        }
        if (failed instanceof RefusedException refused) {
            say(command, with(refused.violations(), "refused"), String.valueOf(refused.getMessage()));
            return ExitCodes.REFUSED;
        }
        if (failed instanceof SnapshotException refused) {
            return explain(refused, command);
        }
        if (failed instanceof KubernetesClientException answer) {
            return answer.getStatus() == null
                    ? unanswered(command, 0, "the API server cannot be reached: " + reason(answer))
                    : unanswered(
                            command,
                            answer.getCode(),
                            "the API server: " + answer.getStatus().getMessage());
        }
        if (failed instanceof ApiException answer) {
            return unanswered(command, answer.status(), String.valueOf(answer.getMessage()));
        }
        if (failed instanceof IllegalArgumentException || failed instanceof BuildFailedException) {
            say(command, document("failed", String.valueOf(failed.getMessage())), String.valueOf(failed.getMessage()));
            return ExitCodes.REFUSED;
        }
        throw failed;
    }

    private static int explain(SnapshotException failed, CommandLine command) {
        boolean unavailable = failed instanceof UnavailableException;
        List<Violation> violations = failed.violations().stream()
                .map(wrong -> new Violation(
                        Columns.plain(wrong.place()), Columns.plain(wrong.problem()), Columns.plain(wrong.remedy())))
                .toList();
        say(
                command,
                with(violations, unavailable ? "unavailable" : "refused"),
                violations.stream().map(Violation::toString).collect(Collectors.joining(System.lineSeparator())));
        return unavailable ? ExitCodes.UNAVAILABLE : ExitCodes.REFUSED;
    }

    private static String reason(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static int unanswered(CommandLine command, int code, String message) {
        boolean passes = passes(code);
        String text = Columns.plain(message);
        say(command, document(passes ? "unavailable" : "failed", text), text);
        return passes ? ExitCodes.UNAVAILABLE : ExitCodes.REFUSED;
    }

    /** An image may be built by then, and a version published: what runs is as it was. */
    private static ObjectNode with(List<Violation> violations, String error) {
        ObjectNode json = document(error, "what runs is as it was");
        var all = json.putArray("violations");
        violations.forEach(violation -> all.addObject()
                .put("place", violation.place())
                .put("problem", violation.problem())
                .put("remedy", violation.remedy()));
        return json;
    }

    private static void say(CommandLine command, ObjectNode json, String text) {
        OptionSpec output = command.getCommandSpec().findOption("--output");
        if (output != null && OutputOption.Format.JSON.equals(output.getValue())) {
            command.getOut().println(json);
        } else {
            command.getErr().println(text);
        }
    }

    /** A code of 0 is a connection that did not work. */
    private static boolean passes(int code) {
        return code == 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }
}
