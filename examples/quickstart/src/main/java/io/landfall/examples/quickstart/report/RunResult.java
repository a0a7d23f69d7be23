package io.landfall.examples.quickstart.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One run's figures; in JSON all of them are keys of one object.
 *
 * @param protocol {@code dubbo} or {@code tri}
 * @param mode {@code stock} or {@code landfall}
 */
public record RunResult(
        String protocol,
        String mode,
        @JsonUnwrapped CallTotals totals,
        Shares shares,
        @JsonUnwrapped Drains drains,
        @JsonUnwrapped History history) {

    /** Beside {@code shares}, not in it, since this is what is looked at first. */
    public double getMaxShareDeviation() {
        return shares.maxShareDeviation();
    }
}
