package io.landfall.shutdown.dubbo.consumer;

import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.Wrapper;
import org.apache.dubbo.remoting.api.connection.ConnectionManager;
import org.apache.dubbo.remoting.api.connection.SingleProtocolConnectionManager;
import org.apache.dubbo.rpc.Exporter;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Protocol;
import org.apache.dubbo.rpc.ProtocolServer;
import org.apache.dubbo.rpc.RpcException;

/**
 * Wraps Dubbo's triple protocol, to give consumers invokers that can change their connection. Made by Dubbo.
 *
 * <p>It is the innermost wrapper: filters and listeners see one invoker, however often it moves.
 */
@Wrapper(matches = "tri", order = Integer.MAX_VALUE)
public final class RenewingProtocol implements Protocol {

    private final Protocol triple;

    /** Called by Dubbo. */
    public RenewingProtocol(Protocol triple) {
        this.triple = triple;
    }

    @Override
    public <T> Invoker<T> refer(Class<T> type, URL url) throws RpcException {
        ConnectionManager connections = url.getOrDefaultFrameworkModel()
                .getExtensionLoader(ConnectionManager.class)
                .getExtension(SingleProtocolConnectionManager.NAME);
        // Somebody else's wrapper around ours could not be asked to leave a connection.
        return ConsumerSettings.renews(url) && connections instanceof ConnectionsByEntry ours
                ? new RenewingInvoker<>(new Hops<>(triple, type, url, ours))
                : triple.refer(type, url);
    }

    @Override
    public <T> Exporter<T> export(Invoker<T> invoker) throws RpcException {
        return triple.export(invoker);
    }

    @Override
    public int getDefaultPort() {
        return triple.getDefaultPort();
    }

    @Override
    public void destroy() {
        triple.destroy();
    }

    @Override
    public List<ProtocolServer> getServers() {
        return triple.getServers();
    }
}
