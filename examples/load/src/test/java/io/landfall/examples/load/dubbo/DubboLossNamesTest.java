package io.landfall.examples.load.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.StatusRpcException;
import org.apache.dubbo.rpc.TriRpcStatus;
import org.junit.jupiter.api.Test;

class DubboLossNamesTest {

    private final DubboLossNames names = new DubboLossNames();

    @Test
    void shouldNameTheCode() {
        assertThat(names.nameOf(new RpcException(RpcException.TIMEOUT_EXCEPTION, "10.0.0.1 timed out")))
                .isEqualTo("RpcException/TIMEOUT");
        assertThat(names.nameOf(new RpcException(99, "new in some later version")))
                .isEqualTo("RpcException/99");
    }

    @Test
    void shouldNameTheInnermostOfDubbosOwn() {
        StatusRpcException cancelled = new StatusRpcException(TriRpcStatus.CANCELLED);

        assertThat(names.nameOf(new RpcException(RpcException.UNKNOWN_EXCEPTION, "cluster", cancelled)))
                .isEqualTo("StatusRpcException/CANCELLED");
        assertThat(names.nameOf(new RpcException(RpcException.NETWORK_EXCEPTION, "cluster", new java.io.IOException())))
                .isEqualTo("RpcException/NETWORK");
    }

    @Test
    void shouldNameOthersByTheirRootCause() {
        assertThat(names.nameOf(new RuntimeException(new RemotingException(null, null, "closed"))))
                .isEqualTo("RemotingException");
    }
}
