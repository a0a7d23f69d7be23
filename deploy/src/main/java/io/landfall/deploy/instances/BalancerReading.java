package io.landfall.deploy.instances;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.Optional;

/** Reads who routes addresses. */
public final class BalancerReading {

    /** Nobody who is known. */
    public static final Balancer NONE =
            new Balancer(Balancer.Kind.NONE, Optional.empty(), Optional.empty(), Balancer.Traffic.CLUSTER);

    private BalancerReading() {}

    /** Reads {@code load-balancer}. */
    public static Balancer read(Fields fields) {
        Balancer.Kind kind = fields.required("kind")
                .flatMap(value -> value.read(
                        text -> Formats.word(Balancer.Kind.class, text),
                        "kinds are " + Formats.words(Balancer.Kind.class)))
                .orElse(NONE.kind());
        Optional<String> pool = fields.optional("pool").flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        Optional<String> className = fields.optional("class").map(Value::text);
        Balancer.Traffic traffic = fields.optional("traffic")
                .flatMap(value -> value.read(
                        text -> Formats.word(Balancer.Traffic.class, text),
                        "it is " + Formats.words(Balancer.Traffic.class)))
                .orElse(NONE.traffic());
        fields.end();
        return new Balancer(kind, pool, className, traffic);
    }
}
