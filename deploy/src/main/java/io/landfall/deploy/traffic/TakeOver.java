package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.landfall.deploy.Balancer;
import io.landfall.deploy.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What applying a Service would take from somebody, or from its own callers. */
final class TakeOver {

    static final String AGREE = "say --take-over if it is meant";

    private final Balancer.Kind balancer;
    private final Service desired;
    private final List<Violation> found = new ArrayList<>();

    private TakeOver(Balancer.Kind balancer, Service desired) {
        this.balancer = balancer;
        this.desired = desired;
    }

    /**
     * Looks.
     *
     * @param merged the Service as it would be, with what others wrote into it
     * @param elsewhere other Services of the cluster
     */
    static List<Violation> of(Balancer.Kind balancer, Service merged, Optional<Service> now, List<Service> elsewhere) {
        TakeOver takeOver = new TakeOver(balancer, merged);
        now.ifPresent(takeOver::compare);
        elsewhere.forEach(takeOver::compareElsewhere);
        return takeOver.found;
    }

    private void compare(Service now) {
        Ownership.othersThan(desired, now)
                .ifPresent(owner ->
                        add("it is there already, and " + owner, "give this way in another name, or " + AGREE));
        TreeMap<String, String> before = new TreeMap<>(now.getSpec().getSelector());
        TreeMap<String, String> after = new TreeMap<>(desired.getSpec().getSelector());
        if (!before.isEmpty() && !before.equals(after)) {
            add("it would lead to other pods: from " + before + " to " + after, AGREE);
        }
        addresses(now);
    }

    private void addresses(Service now) {
        Set<String> before = Reached.given(now);
        if (before.isEmpty()) {
            return;
        }
        if (!"LoadBalancer".equals(desired.getSpec().getType())) {
            add("it would give up " + String.join(", ", before) + ", and become internal", AGREE);
            return;
        }
        Set<String> after = new TreeSet<>(Reached.of(asked()).addresses());
        if (!after.isEmpty() && !after.containsAll(before)) {
            add(
                    "it would move from " + String.join(", ", before) + " to " + String.join(", ", after)
                            + ": callers that know the old address lose it",
                    AGREE);
        }
    }

    /** Without what the balancer has answered so far. */
    private Service asked() {
        return new ServiceBuilder(desired).withStatus(null).build();
    }

    private void compareElsewhere(Service other) {
        Reached mine = Reached.of(asked());
        Reached theirs = Reached.of(other);
        Set<String> both = new TreeSet<>(mine.addresses());
        both.retainAll(theirs.addresses());
        if (both.isEmpty()) {
            return;
        }
        Set<String> ports = new TreeSet<>(mine.ports());
        ports.retainAll(theirs.ports());
        String address = String.join(", ", both);
        if (ports.isEmpty()) {
            shared(address, other);
        } else {
            add(
                    address + " " + String.join(", ", ports) + " already leads to " + place(other) + ", pods "
                            + new TreeMap<>(other.getSpec().getSelector()),
                    "take another address or port; to take this one, " + release() + " and say --take-over");
        }
    }

    private String release() {
        return balancer == Balancer.Kind.METALLB
                ? "let the other Service go first, since MetalLB gives no address and port twice,"
                : "take it from the other Service";
    }

    private void shared(String address, Service other) {
        if (balancer == Balancer.Kind.METALLB) {
            SharedAddress.obstacle(desired, other)
                    .ifPresent(why -> add(
                            address + " is " + place(other) + "'s, and MetalLB does not share it: " + why,
                            "take another address, or give both Services the same allow-shared-ip; or " + AGREE));
        } else {
            add(
                    address + " is also " + place(other) + "'s, at other ports",
                    "take another address, or " + AGREE + " to share it");
        }
    }

    private void add(String problem, String remedy) {
        found.add(new Violation(place(desired), problem, remedy));
    }

    static String place(Service service) {
        ObjectMeta meta = service.getMetadata();
        return "Service " + meta.getNamespace() + "/" + meta.getName();
    }
}
