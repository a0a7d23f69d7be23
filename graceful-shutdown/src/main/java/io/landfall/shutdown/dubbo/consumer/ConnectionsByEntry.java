package io.landfall.shutdown.dubbo.consumer;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.Wrapper;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.Constants;
import org.apache.dubbo.remoting.api.connection.AbstractConnectionClient;
import org.apache.dubbo.remoting.api.connection.ConnectionManager;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ScopeModelAware;
import org.jspecify.annotations.Nullable;

/**
 * The triple connections of a consumer, one for each entry of a registry, shared by all services in it.
 *
 * <p>Dubbo keeps one for each address, and so gives all entries of an external address one pod. It also cannot let go of a
 * connection as long as anybody uses it. Wraps Dubbo's own; made by Dubbo, one for each framework. Safe for any thread.
 */
@Wrapper(matches = "single")
public final class ConnectionsByEntry implements ConnectionManager, ScopeModelAware {

    /** What sets the entries of an address apart; the contract with {@code service-registry}. */
    private static final String ENTRY = "landfall.pod";

    private final ConnectionManager wrapped;
    private final ConcurrentMap<String, AbstractConnectionClient> current = new ConcurrentHashMap<>();
    private @Nullable FrameworkModel frameworkModel;

    /** Called by Dubbo. */
    public ConnectionsByEntry(ConnectionManager wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public void setFrameworkModel(FrameworkModel frameworkModel) {
        this.frameworkModel = frameworkModel;
    }

    @Override
    public AbstractConnectionClient connect(URL url, ChannelHandler handler) {
        if (!ConsumerSettings.renews(url)) {
            return wrapped.connect(url, handler);
        }
        return current.compute(
                key(url), (key, known) -> known != null && known.retain() ? known : connect(key, url, handler));
    }

    /** The connection that a new call to this entry would take, unless it has none, or is not one of ours. */
    @Nullable
    AbstractConnectionClient current(URL url) {
        return current.get(key(url));
    }

    /** Whoever connects to this entry from now on gets another connection. Who has this one keeps it. */
    void leave(URL url, AbstractConnectionClient connection) {
        current.remove(key(url), connection);
    }

    @Override
    public void forEachConnection(Consumer<AbstractConnectionClient> consumer) {
        wrapped.forEachConnection(consumer);
        current.values().forEach(consumer);
    }

    private AbstractConnectionClient connect(String key, URL url, ChannelHandler handler) {
        AbstractConnectionClient made = Objects.requireNonNull(frameworkModel, "Dubbo sets it first")
                .getExtensionLoader(ConnectionManager.class)
                .getExtension(url.getParameter(Constants.TRANSPORTER_KEY, "netty4"))
                .connect(url, handler);
        made.addCloseListener(() -> current.remove(key, made));
        return made;
    }

    private static String key(URL url) {
        String entry = url.getParameter(ENTRY);
        return entry == null ? url.getAddress() : url.getAddress() + "#" + entry;
    }
}
