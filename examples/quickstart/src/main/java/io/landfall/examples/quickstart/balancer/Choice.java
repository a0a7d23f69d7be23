package io.landfall.examples.quickstart.balancer;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Which of the ready pods gets a new connection. */
@FunctionalInterface
public interface Choice {

    /** Picks one of at least one. */
    Backend of(List<Backend> ready);

    /**
     * The choice by the name that IPVS gives it: {@code lc} (least connections), {@code rr} (in turn), {@code random}
     * (what kube-proxy does in its iptables and nftables modes).
     */
    static Choice named(String name) {
        return switch (name) {
            case "lc" ->
                ready -> ready.stream()
                        .min(Comparator.comparingInt(Backend::connections))
                        .orElseThrow();
            case "rr" -> {
                AtomicInteger turn = new AtomicInteger();
                yield ready -> ready.get(Math.floorMod(turn.getAndIncrement(), ready.size()));
            }
            case "random" -> ready -> ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
            default -> throw new IllegalArgumentException("quickstart.balancer is lc, rr or random, not " + name);
        };
    }
}
