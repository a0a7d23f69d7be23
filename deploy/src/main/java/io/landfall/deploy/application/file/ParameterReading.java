package io.landfall.deploy.application.file;

import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.Parameter;
import io.landfall.deploy.application.ParameterFormat;
import io.landfall.deploy.application.ParameterValues;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the values of a template's parameters. */
final class ParameterReading {

    /** Of which no parameters are known. */
    static final String UNKNOWN_TYPE = "";

    private static final String PARAMETERS = "parameters";

    private ParameterReading() {}

    static ParameterValues read(Fields environment, ApplicationType type) {
        Optional<Fields> given = environment.mapping(PARAMETERS);
        Map<String, Object> values = new TreeMap<>();
        if (type.name().equals(UNKNOWN_TYPE)) {
            return ParameterValues.none();
        }
        for (Parameter parameter : type.parameters()) {
            Optional<Value> value = given.flatMap(fields -> fields.optional(parameter.name()));
            boolean written =
                    given.filter(fields -> fields.has(parameter.name())).isPresent();
            if (value.isPresent()) {
                value.get()
                        .read(text -> ParameterFormat.read(parameter, text), parameter.description())
                        .ifPresent(read -> values.put(parameter.name(), read));
            } else if (!written && parameter.required()) {
                given.ifPresentOrElse(
                        fields -> fields.missing(parameter.name()),
                        () -> environment.missing(PARAMETERS + "." + parameter.name()));
            } else {
                parameter
                        .fallback()
                        .ifPresent(text -> values.put(parameter.name(), ParameterFormat.read(parameter, text)));
            }
        }
        given.ifPresent(Fields::end);
        return new ParameterValues(values);
    }
}
