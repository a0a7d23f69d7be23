package io.landfall.deploy.template;

import io.landfall.deploy.application.Parameter;
import io.landfall.deploy.application.ParameterFormat;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.List;
import java.util.Optional;

/** Reads what a team's own template says of a parameter: {@code heap: {type: quantity, default: 512Mi}}. */
final class ParameterDeclaration {

    private static final String CHOICES = "choices";

    private ParameterDeclaration() {}

    static Optional<Parameter> read(String name, Fields all, Fields fields) {
        if (!name.matches("[a-z][a-z0-9-]*") || Placeholders.GIVEN.contains(name)) {
            all.refuse(
                    name,
                    "no parameter may be called so",
                    "use a-z, 0-9 and -, and none of " + String.join(", ", Placeholders.GIVEN));
        }
        Optional<Parameter.Type> type = fields.required("type")
                .flatMap(value -> value.read(
                        text -> Formats.word(Parameter.Type.class, text),
                        "it is " + Formats.words(Parameter.Type.class)));
        String description = fields.optional("description").map(Value::text).orElse("see its template");
        boolean required = fields.optional("required")
                .flatMap(value -> value.read(Formats::truth, "write true or false"))
                .orElse(false);
        List<String> choices = fields.words(CHOICES).stream().map(Value::text).toList();
        Optional<Value> fallback = fields.optional("default");
        fields.end();
        return type.map(kind -> {
            checkChoices(kind, choices, fields);
            Parameter parameter = new Parameter(name, kind, description, required, fallback.map(Value::text), choices);
            fallback.ifPresent(value -> checkFallback(value, parameter));
            return parameter;
        });
    }

    private static void checkChoices(Parameter.Type type, List<String> choices, Fields fields) {
        if ((type == Parameter.Type.CHOICE) == choices.isEmpty()) {
            fields.refuse(
                    CHOICES,
                    choices.isEmpty() ? "is missing" : "is only for type: choice",
                    choices.isEmpty() ? "name some" : "leave it out");
        }
    }

    private static void checkFallback(Value fallback, Parameter parameter) {
        if (parameter.required()) {
            fallback.refuse("a parameter that is required has none", "leave one of the two out");
        }
        fallback.read(text -> ParameterFormat.read(parameter, text), "write one that users could write");
    }
}
