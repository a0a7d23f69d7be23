package io.landfall.shutdown.spring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code landfall.probe.*}: the probe sidecar, for applications that do not use Boot's own probes.
 *
 * @param port where it listens; unset: there is no sidecar; 0: any free port
 * @param host the address it binds
 * @param token what /drain asks of callers from other hosts; unset: they are refused
 */
@ConfigurationProperties("landfall.probe")
public record ProbeProperties(
        @Nullable Integer port,
        @DefaultValue("0.0.0.0") String host,
        @Nullable String token) {

    Optional<String> secret() {
        return Optional.ofNullable(token).filter(value -> !value.isBlank());
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "ProbeProperties[" + host + ":" + port + "]";
    }
}
