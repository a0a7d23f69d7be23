package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.landfall.deploy.Port;
import io.landfall.deploy.application.DeployConfiguration;
import io.landfall.deploy.application.DeployConfiguration.Check;
import io.landfall.deploy.application.DeployConfiguration.Timing;
import io.landfall.deploy.application.ParameterValues;
import java.util.List;
import java.util.Optional;

/** How a kubelet looks after a container: as the file says, else as the template does. */
final class Probes {

    private static final String HTTP = "http";
    private static final Timing UNSAID = new Timing(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Timing READINESS = new Timing(Optional.of(1), Optional.of(3), Optional.of(3));
    /** A process that is busy is not killed for some slow answers. */
    private static final Timing LIVENESS = new Timing(Optional.of(10), Optional.of(5), Optional.of(6));

    private final DeployConfiguration deploy;
    private final ParameterValues parameters;

    Probes(DeployConfiguration deploy, ParameterValues parameters) {
        this.deploy = deploy;
        this.parameters = parameters;
    }

    Optional<Probe> readiness() {
        return probe(deploy.probes().readiness().orElseGet(() -> standard("/readyz", "readiness")), READINESS);
    }

    Optional<Probe> liveness() {
        return probe(deploy.probes().liveness().orElseGet(() -> standard("/livez", "liveness")), LIVENESS);
    }

    /** What liveness asks, until it answers for the first time: a start waits for its registry, alive and not ready. */
    Optional<Probe> startup() {
        Check liveness = deploy.probes().liveness().orElseGet(() -> standard("/livez", "liveness"));
        int seconds = (int) Math.max(
                1, parameters.duration(CommonParameters.STARTUP_DEADLINE).toSeconds());
        return probe(
                deploy.probes().startup().orElse(liveness),
                new Timing(Optional.of(1), Optional.of(3), Optional.of(seconds)),
                deploy.probes().startup().isEmpty());
    }

    private Check standard(String sidecar, String group) {
        String first = port();
        return switch (parameters.text(CommonParameters.PROBES).orElse("none")) {
            case "sidecar" ->
                new Check.Http(sidecar, String.valueOf(parameters.integer(CommonParameters.PROBE_PORT)), UNSAID);
            case "actuator" ->
                first.isEmpty() ? new Check.None() : new Check.Http("/actuator/health/" + group, first, UNSAID);
            case "connect" -> first.isEmpty() ? new Check.None() : new Check.Connects(first, UNSAID);
            default -> new Check.None();
        };
    }

    /** The one called http, or the first. */
    private String port() {
        List<String> names = deploy.ports().stream().map(Port::name).toList();
        return names.contains(HTTP) ? HTTP : names.stream().findFirst().orElse("");
    }

    private static Optional<Probe> probe(Check check, Timing standard) {
        return probe(check, standard, false);
    }

    /** @param timingElsewhere whether the check was made for another probe, whose timing is not meant */
    private static Optional<Probe> probe(Check check, Timing standard, boolean timingElsewhere) {
        ProbeBuilder probe = new ProbeBuilder();
        if (check instanceof Check.Http http) {
            probe.withNewHttpGet()
                    .withPath(http.path())
                    .withPort(port(http.port()))
                    .endHttpGet();
            timed(probe, timingElsewhere ? UNSAID : http.timing(), standard);
        } else if (check instanceof Check.Connects connects) {
            probe.withNewTcpSocket().withPort(port(connects.port())).endTcpSocket();
            timed(probe, timingElsewhere ? UNSAID : connects.timing(), standard);
        } else if (check instanceof Check.Command command) {
            probe.withNewExec().withCommand(command.command()).endExec();
            timed(probe, timingElsewhere ? UNSAID : command.timing(), standard);
        } else {
            return Optional.empty();
        }
        return Optional.of(probe.build());
    }

    private static void timed(ProbeBuilder probe, Timing said, Timing standard) {
        probe.withPeriodSeconds(said.period().or(standard::period).orElse(null))
                .withTimeoutSeconds(said.timeout().or(standard::timeout).orElse(null))
                .withFailureThreshold(said.failures().or(standard::failures).orElse(null));
    }

    private static IntOrString port(String port) {
        return port.matches("[0-9]+") ? new IntOrString(Integer.parseInt(port)) : new IntOrString(port);
    }
}
