package io.landfall.examples.load.dubbo;

import io.landfall.examples.load.LossNames;
import java.util.Map;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.StatusRpcException;

/** Dubbo says what went wrong in a code, not in the class: {@code RpcException/TIMEOUT}. */
final class DubboLossNames implements LossNames {

    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(RpcException.UNKNOWN_EXCEPTION, "UNKNOWN"),
            Map.entry(RpcException.NETWORK_EXCEPTION, "NETWORK"),
            Map.entry(RpcException.TIMEOUT_EXCEPTION, "TIMEOUT"),
            Map.entry(RpcException.BIZ_EXCEPTION, "BIZ"),
            Map.entry(RpcException.FORBIDDEN_EXCEPTION, "FORBIDDEN"),
            Map.entry(RpcException.SERIALIZATION_EXCEPTION, "SERIALIZATION"),
            Map.entry(RpcException.NO_INVOKER_AVAILABLE_AFTER_FILTER, "NO_INVOKER"),
            Map.entry(RpcException.LIMIT_EXCEEDED_EXCEPTION, "LIMIT_EXCEEDED"),
            Map.entry(RpcException.TIMEOUT_TERMINATE, "TIMEOUT_TERMINATE"),
            Map.entry(RpcException.REGISTRY_EXCEPTION, "REGISTRY"),
            Map.entry(RpcException.ROUTER_CACHE_NOT_BUILD, "ROUTER_CACHE_NOT_BUILD"),
            Map.entry(RpcException.METHOD_NOT_FOUND, "METHOD_NOT_FOUND"),
            Map.entry(RpcException.VALIDATION_EXCEPTION, "VALIDATION"),
            Map.entry(RpcException.AUTHORIZATION_EXCEPTION, "AUTHORIZATION"));

    @Override
    public String nameOf(Throwable failure) {
        // The innermost one of Dubbo's own: the cluster layer wraps what the protocol said.
        String name = LossNames.ROOT_CAUSE.nameOf(failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRpcException status) {
                name = "StatusRpcException/" + status.getStatus().code;
            } else if (cause instanceof RpcException rpc) {
                name = "RpcException/" + CODES.getOrDefault(rpc.getCode(), String.valueOf(rpc.getCode()));
            }
        }
        return name;
    }
}
