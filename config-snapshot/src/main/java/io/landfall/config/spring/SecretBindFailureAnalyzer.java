package io.landfall.config.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports a secret that does not fit its property. Boot's own report, which is for all others, has the value in it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    SecretBindFailureAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        if (property == null || !secret(property.getOrigin())) {
            return null;
        }
        return new FailureAnalysis(
                "Failed to bind properties under '" + cause.getName() + "' to "
                        + cause.getTarget().getType() + ":\n\n    Property: " + property.getName()
                        + "\n    Value: a secret\n    Origin: " + property.getOrigin(),
                "Publish the snapshot with a value that fits",
                cause);
    }

    static boolean secret(@Nullable Origin origin) {
        return origin instanceof PropertySourceOrigin known
                && known.getPropertySource() instanceof SnapshotPropertySource source
                && source.secret(known.getPropertyName());
    }
}
