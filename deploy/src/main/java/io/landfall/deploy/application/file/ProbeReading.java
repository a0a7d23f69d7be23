package io.landfall.deploy.application.file;

import io.landfall.deploy.Port;
import io.landfall.deploy.application.DeployConfiguration.Check;
import io.landfall.deploy.application.DeployConfiguration.Probes;
import io.landfall.deploy.application.DeployConfiguration.Timing;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.List;
import java.util.Optional;

/** Reads probes that are not the template's. */
final class ProbeReading {

    private static final String REMEDY = "write {path: /health, port: http}, {port: http}, {command: [...]}, or none";

    private final List<Port> ports;
    private final Complaints complaints;

    ProbeReading(List<Port> ports, Complaints complaints) {
        this.ports = ports;
        this.complaints = complaints;
    }

    Probes read(Fields deploy) {
        return deploy.mapping("probes")
                .map(fields -> {
                    Probes probes =
                            new Probes(probe(fields, "readiness"), probe(fields, "liveness"), probe(fields, "startup"));
                    fields.end();
                    return probes;
                })
                .orElseGet(() -> new Probes(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Optional<Check> probe(Fields probes, String which) {
        if (!probes.isWord(which)) {
            return probes.mapping(which).flatMap(this::check);
        }
        return probes.optional(which).flatMap(value -> {
            if (!value.text().equals("none")) {
                value.refuse("'" + value.text() + "' is no probe", REMEDY);
            }
            return Optional.of(new Check.None());
        });
    }

    private Optional<Check> check(Fields fields) {
        Optional<String> path =
                fields.optional("path").flatMap(value -> value.read(Formats::path, "write one such as /health"));
        Optional<Value> port = fields.optional("port");
        List<String> command = fields.words("command").stream().map(Value::text).toList();
        Timing timing = timing(fields);
        fields.end();
        if (!command.isEmpty() && path.isEmpty() && port.isEmpty()) {
            return Optional.of(new Check.Command(command, timing));
        }
        if (!command.isEmpty() || (port.isEmpty() && (path.isEmpty() || ports.isEmpty()))) {
            complaints.add(
                    fields.line(), fields.where("port").replaceFirst("\\.port$", ""), "this is no probe", REMEDY);
            return Optional.empty();
        }
        String at = port.map(this::known).orElseGet(() -> ports.get(0).name());
        return Optional.of(path.<Check>map(page -> new Check.Http(page, at, timing))
                .orElseGet(() -> new Check.Connects(at, timing)));
    }

    /** A number may be that of a port that the container does not name. */
    private String known(Value port) {
        boolean named = ports.stream().anyMatch(known -> known.name().equals(port.text()));
        if (!named && !port.text().matches("[0-9]+")) {
            port.refuse(
                    "no port is called '" + port.text() + "'",
                    "name one of "
                            + String.join(", ", ports.stream().map(Port::name).toList()) + ", or write a number");
        } else if (!named) {
            port.read(Formats::port, "write one such as 8080");
        }
        return port.text();
    }

    private static Timing timing(Fields fields) {
        return new Timing(seconds(fields, "period"), seconds(fields, "timeout"), number(fields, "failures"));
    }

    private static Optional<Integer> seconds(Fields fields, String key) {
        return fields.optional(key)
                .flatMap(value -> value.read(
                        text -> {
                            long seconds = Formats.duration(text).toSeconds();
                            if (seconds < 1 || seconds > 3600) {
                                throw new IllegalArgumentException("'" + text + "' is not from 1s to 1h");
                            }
                            return (int) seconds;
                        },
                        "write one such as 5s"));
    }

    private static Optional<Integer> number(Fields fields, String key) {
        return fields.optional(key)
                .flatMap(value -> value.read(Formats::number, "write how many in a row"))
                .map(number -> Math.max(1, number));
    }
}
