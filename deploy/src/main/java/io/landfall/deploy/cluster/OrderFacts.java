package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.release.StoredOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a ConfigMap with an order.
 *
 * @param stored empty: it cannot be read
 * @param problem empty: it can
 */
record OrderFacts(Version version, Optional<StoredOrder> stored, Optional<UnreadableOrderException> problem)
        implements Fact {

    private static final Logger log = LoggerFactory.getLogger(OrderFacts.class);

    static OrderFacts of(JsonNode object) {
        Version version = Version.of(object.path("metadata"));
        try {
            return new OrderFacts(version, Optional.of(OrderRecord.read(object).stored()), Optional.empty());
        } catch (UnreadableOrderException e) {
            log.error("Not carried out: {}", e.getMessage());
            return new OrderFacts(version, Optional.empty(), Optional.of(e));
        }
    }
}
