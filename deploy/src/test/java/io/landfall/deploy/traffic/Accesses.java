package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.Balancer;
import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.Balancer.Traffic;
import io.landfall.deploy.IpAddress;
import io.landfall.deploy.application.TrafficAccess;
import io.landfall.deploy.application.TrafficAccess.Affinity;
import io.landfall.deploy.application.TrafficAccess.Reach;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.application.TrafficAccess.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ways in to a shop. */
final class Accesses {

    static final Backend SHOP =
            new Backend("shop", "prod", Map.of("team", "web"), Map.of("app.kubernetes.io/name", "shop"));

    static final TrafficPort HTTP = new TrafficPort("http", 80, "http", Transport.TCP, Speaks.HTTP);
    static final TrafficPort HTTPS = new TrafficPort("https", 443, "8443", Transport.TCP, Speaks.HTTPS);
    static final TrafficPort TRI = new TrafficPort("tri", 50051, "tri", Transport.TCP, Speaks.TRI);
    static final TrafficPort DUBBO = new TrafficPort("dubbo", 20880, "dubbo", Transport.TCP, Speaks.DUBBO);

    private Accesses() {}

    static TrafficAccess external(Kind kind, String address, TrafficPort... ports) {
        return access(Reach.EXTERNAL, kind, address, Traffic.CLUSTER, Optional.empty(), ports);
    }

    static TrafficAccess sticky(Traffic traffic, int seconds) {
        return access(Reach.EXTERNAL, Kind.METALLB, "10.1.1.1", traffic, Optional.of(new Affinity(seconds)), HTTP);
    }

    static TrafficAccess internal(Kind kind, Optional<String> pool) {
        return new TrafficAccess(
                "shop",
                Reach.INTERNAL,
                Optional.empty(),
                new Balancer(kind, pool, Optional.empty(), Traffic.CLUSTER),
                List.of(HTTP),
                Optional.empty());
    }

    private static TrafficAccess access(
            Reach reach,
            Kind kind,
            String address,
            Traffic traffic,
            Optional<Affinity> affinity,
            TrafficPort... ports) {
        return new TrafficAccess(
                "shop",
                reach,
                address.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(address)),
                new Balancer(kind, Optional.empty(), Optional.empty(), traffic),
                List.of(ports),
                affinity);
    }

    /** Somebody's Service, as an API server shows it. */
    static Service service(String yaml) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Service\n" + yaml, Service.class);
    }
}
