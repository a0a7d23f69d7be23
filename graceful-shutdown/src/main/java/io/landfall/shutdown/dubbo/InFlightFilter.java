package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.InFlight;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.BaseFilter;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ScopeModelAware;
import org.jspecify.annotations.Nullable;

/**
 * Counts a provider's calls by name, from before every other filter until the result, also an asynchronous one, is there.
 * Made by Dubbo.
 */
@Activate(group = CommonConstants.PROVIDER, order = Integer.MIN_VALUE)
public final class InFlightFilter implements Filter, BaseFilter.Listener, ScopeModelAware {

    private static final String CALL = "landfall.call";

    private final ConcurrentMap<Class<?>, ConcurrentMap<String, String>> names = new ConcurrentHashMap<>();
    private @Nullable InFlight calls;

    /** Called by Dubbo. */
    public InFlightFilter() {}

    @Override
    public void setApplicationModel(ApplicationModel applicationModel) {
        calls = DubboDrain.of(applicationModel.getFrameworkModel()).drain().inFlight(DubboDrain.KIND);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        InFlight counted = calls;
        if (counted != null) {
            invocation.put(CALL, counted.enter(name(invoker.getInterface(), invocation.getMethodName())));
        }
        return invoker.invoke(invocation);
    }

    @Override
    public void onResponse(Result appResponse, Invoker<?> invoker, Invocation invocation) {
        ended(invocation);
    }

    @Override
    public void onError(Throwable t, Invoker<?> invoker, Invocation invocation) {
        ended(invocation);
    }

    private void ended(Invocation invocation) {
        InFlight counted = calls;
        if (counted != null && invocation.get(CALL) instanceof Long call) {
            counted.exit(call);
        }
    }

    private String name(Class<?> service, String method) {
        return names.computeIfAbsent(service, s -> new ConcurrentHashMap<>())
                .computeIfAbsent(method, m -> service.getSimpleName() + "." + m);
    }
}
