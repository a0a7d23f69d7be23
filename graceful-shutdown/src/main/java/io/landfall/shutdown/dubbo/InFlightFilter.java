package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.InFlight;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.remoting.http12.ServerHttpChannelObserver;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ScopeModelAware;
import org.jspecify.annotations.Nullable;

/**
 * Counts a provider's calls by name, from before every other filter until the result, also an asynchronous one, is there; streams,
 * until they end; and marks the answers of a provider that is leaving. Made by Dubbo.
 */
@Activate(group = CommonConstants.PROVIDER, order = Integer.MIN_VALUE)
public final class InFlightFilter implements Filter, ScopeModelAware {

    /** The protocol whose consumers cannot be asked to leave in another way without a risk. */
    private static final String TRIPLE = "tri";

    private static final String BEFORE = "Dubbo sets the model before the first call";

    private final ConcurrentMap<Class<?>, ConcurrentMap<String, String>> names = new ConcurrentHashMap<>();
    private @Nullable Drain drain;
    private @Nullable InFlight calls;
    private @Nullable OpenStreams streams;

    /** Called by Dubbo. */
    public InFlightFilter() {}

    @Override
    public void setApplicationModel(ApplicationModel applicationModel) {
        drain = DubboDrain.of(applicationModel.getFrameworkModel()).drain();
        calls = drain.inFlight(DubboDrain.KIND);
        streams = new OpenStreams(applicationModel.getFrameworkModel(), drain.inFlight(OpenStreams.KIND));
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        String name = name(invoker.getInterface(), invocation.getMethodName());
        ServerHttpChannelObserver<?> answers = OpenStreams.answersOf(invocation);
        return answers == null
                ? invokeCounted(name, invoker, invocation)
                : openStream(name, answers, invoker, invocation);
    }

    private Result openStream(
            String name, ServerHttpChannelObserver<?> answers, Invoker<?> invoker, Invocation invocation) {
        Objects.requireNonNull(streams, BEFORE).opened(name, answers);
        Result opened = invoker.invoke(invocation);
        markIfLeaving(failed(opened) ? null : opened, invoker);
        return opened;
    }

    private Result invokeCounted(String name, Invoker<?> invoker, Invocation invocation) {
        long call = counted().enter(name);
        Result result;
        try {
            result = invoker.invoke(invocation);
        } catch (RuntimeException | Error failed) {
            counted().exit(call);
            throw failed;
        }
        if (result instanceof AsyncRpcResult later && !later.getResponseFuture().isDone()) {
            return later.whenCompleteWithContext((answer, failure) -> ended(call, answer, invoker));
        }
        // As most are: then nothing has to be allocated to wait for it.
        ended(call, failed(result) ? null : result, invoker);
        return result;
    }

    private static boolean failed(Result result) {
        return result instanceof AsyncRpcResult done && done.getResponseFuture().isCompletedExceptionally();
    }

    private void ended(long call, @Nullable Result answer, Invoker<?> invoker) {
        counted().exit(call);
        markIfLeaving(answer, invoker);
    }

    private void markIfLeaving(@Nullable Result answer, Invoker<?> invoker) {
        if (answer != null && isLeaving() && TRIPLE.equals(invoker.getUrl().getProtocol())) {
            DrainMark.put(answer);
        }
    }

    private InFlight counted() {
        return Objects.requireNonNull(calls, BEFORE);
    }

    /** Not sooner: the balancer needs a moment to see that new connections must go elsewhere. */
    private boolean isLeaving() {
        Drain known = drain;
        return known != null && known.phase().compareTo(DrainPhase.WITHDRAWN) >= 0;
    }

    /** Looks first, so that a call allocates nothing for it. */
    private String name(Class<?> service, String method) {
        ConcurrentMap<String, String> ofService = names.get(service);
        String known = ofService == null ? null : ofService.get(method);
        return known != null ? known : newName(service, method);
    }

    private String newName(Class<?> service, String method) {
        return names.computeIfAbsent(service, s -> new ConcurrentHashMap<>())
                .computeIfAbsent(method, m -> service.getSimpleName() + "." + m);
    }
}
