package io.landfall.examples.quickstart.balancer;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A pod as the balancer sees it. Thread-safe. */
public final class Backend {

    private final String pod;
    private final InetSocketAddress address;
    private final ReadinessCheck check;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean ready;
    private volatile boolean terminating;

    /**
     * A backend that is not ready until its check says so.
     *
     * @param address where its connections go
     */
    public Backend(String pod, InetSocketAddress address, ReadinessCheck check) {
        this.pod = pod;
        this.address = address;
        this.check = check;
    }

    /** The pod's name. */
    public String pod() {
        return pod;
    }

    /** Whether it gets new connections. */
    public boolean isReady() {
        return ready && !terminating;
    }

    /** How many connections it has now. */
    public int connections() {
        return connections.get();
    }

    /**
     * From now on it gets no new connection, whatever its check says: Kubernetes takes a pod that is being deleted out of
     * the endpoints, and a comparison without this would be unfair to an application without a readiness of its own.
     */
    public void terminating() {
        terminating = true;
    }

    boolean isTerminating() {
        return terminating;
    }

    void check() {
        ready = check.isReady();
    }

    InetSocketAddress address() {
        return address;
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }
}
