package io.landfall.registry.nacos;

import com.alibaba.nacos.api.naming.pojo.Instance;
import com.alibaba.nacos.api.naming.pojo.ServiceInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the clients have said to {@link NacosFixture} since it started: who has entered what, and who wants to hear of what. */
final class Naming implements AutoCloseable {

    /** A server's, by default. */
    private static final Duration PUSH_DELAY = Duration.ofMillis(500);

    /** A service, as clients name it. */
    record Service(String namespace, String group, String name) {
        String groupedName() {
            return group + "@@" + name;
        }
    }

    private final Map<Service, Map<String, List<Instance>>> published = new LinkedHashMap<>();
    private final Map<Service, Map<String, Consumer<ServiceInfo>>> subscribers = new HashMap<>();
    private final Map<Service, ServiceInfo> lastPushed = new HashMap<>();
    private final Map<Service, Set<String>> toPush = new HashMap<>();
    private final ScheduledExecutorService pusher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "nacos-fixture-push");
        thread.setDaemon(true);
        return thread;
    });

    /** A connection enters these, in place of what it has entered for that service before. */
    synchronized void publish(String connection, Service service, List<Instance> instances) {
        instances.forEach(instance -> complete(instance, service));
        published.computeIfAbsent(service, added -> new LinkedHashMap<>()).put(connection, List.copyOf(instances));
        changed(service);
    }

    /** A connection takes out whatever it has entered for a service. */
    synchronized void withdraw(String connection, Service service) {
        if (publishersOf(service).remove(connection) != null) {
            changed(service);
        }
    }

    /** Whoever subscribes gets an answer at once, and the first push for itself. */
    synchronized ServiceInfo subscribe(String connection, Service service, Consumer<ServiceInfo> subscriber) {
        subscribers.computeIfAbsent(service, added -> new HashMap<>()).put(connection, subscriber);
        pushLater(service, Set.of(connection));
        return known(service);
    }

    synchronized ServiceInfo unsubscribe(String connection, Service service) {
        subscribersOf(service).remove(connection);
        return known(service);
    }

    /** A connection has ended. */
    synchronized void left(String connection) {
        subscribers.values().forEach(connections -> connections.remove(connection));
        List.copyOf(published.keySet()).forEach(service -> withdraw(connection, service));
    }

    /** As it was pushed last, if somebody has ever entered something: a server keeps that for its answers. */
    synchronized ServiceInfo known(Service service) {
        return published.containsKey(service) ? lastPushed.computeIfAbsent(service, this::read) : read(service);
    }

    /** The services of a group. */
    synchronized List<String> names(String namespace, String group) {
        return published.keySet().stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.group().equals(group))
                .map(Service::name)
                .toList();
    }

    synchronized List<Instance> entries(String name) {
        return published.keySet().stream()
                .filter(service -> service.name().equals(name))
                .flatMap(service -> read(service).getHosts().stream())
                .toList();
    }

    synchronized int publishers(String name) {
        return published.keySet().stream()
                .filter(service -> service.name().equals(name))
                .mapToInt(service -> publishersOf(service).size())
                .sum();
    }

    @Override
    public void close() {
        pusher.shutdownNow();
    }

    private static void complete(Instance instance, Service service) {
        instance.setClusterName(Objects.requireNonNullElse(instance.getClusterName(), "DEFAULT"));
        instance.setServiceName(service.groupedName());
        if (instance.getInstanceId() == null) {
            instance.setInstanceId(String.join(
                    "#",
                    instance.getIp(),
                    String.valueOf(instance.getPort()),
                    instance.getClusterName(),
                    service.groupedName()));
        }
    }

    /** A set, as on a server: its order is that of hash codes, and what is the same in everything is in it once. */
    private ServiceInfo read(Service service) {
        Set<Instance> different = new HashSet<>();
        publishersOf(service).values().forEach(different::addAll);
        ServiceInfo info = new ServiceInfo(service.name(), "");
        info.setGroupName(service.group());
        info.setLastRefTime(System.currentTimeMillis());
        info.setHosts(new ArrayList<>(different));
        return info;
    }

    private Map<String, List<Instance>> publishersOf(Service service) {
        return published.getOrDefault(service, new HashMap<>());
    }

    private Map<String, Consumer<ServiceInfo>> subscribersOf(Service service) {
        return subscribers.getOrDefault(service, new HashMap<>());
    }

    private void changed(Service service) {
        pushLater(service, subscribersOf(service).keySet());
    }

    private void pushLater(Service service, Set<String> connections) {
        Set<String> waiting = toPush.get(service);
        if (waiting != null) {
            waiting.addAll(connections);
            return;
        }
        toPush.put(service, new HashSet<>(connections));
        ScheduledFuture<?> unused = pusher.schedule(() -> push(service), PUSH_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void push(Service service) {
        ServiceInfo info;
        List<Consumer<ServiceInfo>> targets = new ArrayList<>();
        synchronized (this) {
            info = read(service);
            lastPushed.put(service, info);
            Set<String> connections = Objects.requireNonNullElse(toPush.remove(service), Set.of());
            subscribersOf(service).forEach((connection, subscriber) -> {
                if (connections.contains(connection)) {
                    targets.add(subscriber);
                }
            });
        }
        targets.forEach(subscriber -> subscriber.accept(info));
    }
}
