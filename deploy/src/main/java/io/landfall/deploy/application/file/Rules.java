package io.landfall.deploy.application.file;

import io.landfall.deploy.names.BrokenName;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Value;
import java.util.Optional;

/** Complains of names that Kubernetes would refuse. */
final class Rules {

    private final Complaints complaints;

    Rules(Complaints complaints) {
        this.complaints = complaints;
    }

    /** The name, if it is right. */
    Optional<String> check(Value name, NameRule rule) {
        Optional<BrokenName> broken = rule.check(name.text());
        broken.ifPresent(wrong -> name.refuse(wrong.problem(), "write " + wrong.suggestion()));
        return broken.isPresent() ? Optional.empty() : Optional.of(name.text());
    }

    /** A key that is a name. */
    void check(Fields fields, String key, NameRule rule) {
        rule.check(key)
                .ifPresent(wrong -> complaints.add(
                        fields.line(key), fields.where(key), wrong.problem(), "write " + wrong.suggestion()));
    }
}
