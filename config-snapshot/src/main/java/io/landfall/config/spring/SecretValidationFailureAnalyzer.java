package io.landfall.config.spring;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Reports a secret that is not valid. Boot's own report, which is for all others, has the value in it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretValidationFailureAnalyzer extends AbstractFailureAnalyzer<BindValidationException> {

    SecretValidationFailureAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindValidationException cause) {
        List<ObjectError> errors = cause.getValidationErrors().getAllErrors();
        if (errors.stream().noneMatch(SecretValidationFailureAnalyzer::secret)) {
            return null;
        }
        return new FailureAnalysis(
                "Binding to '" + cause.getValidationErrors().getName() + "' failed:\n"
                        + errors.stream()
                                .map(SecretValidationFailureAnalyzer::described)
                                .collect(Collectors.joining()),
                "Publish the snapshot with a value that is valid",
                cause);
    }

    private static String described(ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return "\n    Reason: " + error.getDefaultMessage() + "\n";
        }
        return "\n    Property: " + field.getObjectName() + "." + field.getField() + "\n    Value: "
                + (secret(error) ? "a secret" : "\"" + field.getRejectedValue() + "\"") + "\n    Origin: "
                + Origin.from(error) + "\n    Reason: " + field.getDefaultMessage() + "\n";
    }

    private static boolean secret(ObjectError error) {
        return SecretBindFailureAnalyzer.secret(Origin.from(error));
    }
}
