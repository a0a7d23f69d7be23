package io.landfall.shutdown.dubbo.consumer;

import io.landfall.shutdown.dubbo.DrainMark;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.threadpool.manager.FrameworkExecutorRepository;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An invoker that moves to another connection when an answer says that its provider is leaving.
 *
 * <p>No call is lost to a move, see {@link CurrentHop}.
 */
final class RenewingInvoker<T> implements Invoker<T> {

    private static final Logger log = LoggerFactory.getLogger(RenewingInvoker.class);

    /** How long a caller may have had this invoker in its hand before it calls, after a registry took it from the list. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Hops<T> hops;
    private final Pace pace = new Pace(System::nanoTime);
    private final FrameworkExecutorRepository executors;
    private final CurrentHop<T> current;
    private volatile boolean destroyed;

    RenewingInvoker(Hops<T> hops) {
        this.hops = hops;
        executors = hops.url().getOrDefaultFrameworkModel().getBeanFactory().getBean(FrameworkExecutorRepository.class);
        current = new CurrentHop<>(hops.first());
    }

    @Override
    public Result invoke(Invocation invocation) throws RpcException {
        Hop<T> hop = current.enter();
        Result result;
        try {
            result = hop.invoker().invoke(invocation);
        } catch (RuntimeException | Error failed) {
            hop.exit();
            throw failed;
        }
        return result.whenCompleteWithContext((answer, failure) -> {
            hop.exit();
            if (answer != null && DrainMark.isOn(answer)) {
                leave(hop);
            }
        });
    }

    /** Begins to move, unless somebody has, or has just tried. */
    private void leave(Hop<T> hop) {
        if (hop != current.get() || destroyed || !pace.mayTry()) {
            return;
        }
        try {
            executors.getSharedExecutor().execute(() -> move(hop));
        } catch (RejectedExecutionException dubboIsStopping) {
            pace.tried();
        }
    }

    private void move(Hop<T> from) {
        try {
            Hop<T> to = hops.after(from);
            if (makeCurrent(to)) {
                closeWhenEmpty(from);
                log.info("A provider of {} at {} is leaving; a new connection takes its calls", name(), address());
            } else {
                to.close();
            }
        } catch (RuntimeException notNow) {
            log.info(
                    "A provider of {} at {} is leaving, and no other takes its place: {}",
                    name(),
                    address(),
                    notNow.getMessage());
        } finally {
            pace.tried();
        }
    }

    private synchronized boolean makeCurrent(Hop<T> hop) {
        if (!destroyed) {
            current.replace(hop);
        }
        return !destroyed;
    }

    private void closeWhenEmpty(Hop<T> hop) {
        if (hop.isEmpty()) {
            hop.close();
        } else {
            later(LOOK_EVERY, () -> closeWhenEmpty(hop), hop);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a connection to end.
    private void later(Duration delay, Runnable action, Hop<T> hop) {
        try {
            executors.getSharedScheduledExecutor().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException dubboIsStopping) {
            hop.close();
        }
    }

    /** Calls of those who have chosen it already are still made. */
    @Override
    public synchronized void destroy() {
        if (!destroyed) {
            destroyed = true;
            Hop<T> last = current.get();
            later(LINGER, () -> closeWhenEmpty(last), last);
        }
    }

    @Override
    public boolean isAvailable() {
        return !destroyed && current.get().invoker().isAvailable();
    }

    @Override
    public Class<T> getInterface() {
        return hops.type();
    }

    @Override
    public URL getUrl() {
        return hops.url();
    }

    @Override
    public String toString() {
        return getInterface() + " -> " + getUrl();
    }

    private String name() {
        return getInterface().getSimpleName();
    }

    private String address() {
        return getUrl().getAddress();
    }
}
