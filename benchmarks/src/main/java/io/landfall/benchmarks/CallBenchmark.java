package io.landfall.benchmarks;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.dubbo.ConnectionDispatcher;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.landfall.shutdown.dubbo.ResponseCodec;
import io.landfall.shutdown.servlet.InFlightFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.Codec2;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.exchange.Response;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All that Landfall does in one call of a service that is not draining, around a handler that does next to nothing, beside that
 * handler alone.
 *
 * <p>Over HTTP that is one servlet filter. Over Dubbo it is three things: the request is counted on its connection when it is
 * read, the call by its name, and the response on its connection when it is encoded. Each thread has a connection.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

    private final InFlightFilter filter = new InFlightFilter(new Drain(DrainPolicy.STANDARD));
    private final FilterChain chain = Web.chain();

    private final FrameworkModel framework = frameworkThatNobodyDrains();
    private final URL url = URL.valueOf("dubbo://192.0.2.1:20880/Greeting?side=provider")
            .setScopeModel(framework.defaultApplication().getDefaultModule());
    private final ChannelHandler plainHandler = new Rpc.Handler();
    private final ChannelHandler countingHandler =
            new ConnectionDispatcher((handler, handled) -> handler).dispatch(plainHandler, url);
    private final Codec2 plainCodec = new Rpc.Codec();
    private final ResponseCodec countingCodec = countingCodec();
    private final Invoker<?> invoker = new Rpc.Greeting(url);
    private final io.landfall.shutdown.dubbo.InFlightFilter dubboFilter = dubboFilter();

    /** Made by JMH. */
    public CallBenchmark() {}

    /** What one thread has for itself. */
    @State(Scope.Thread)
    public static class Caller {
        final Web.Exchange exchange = new Web.Exchange();
        final Rpc.Connection connection = new Rpc.Connection();
        final Request request = new Request();
        final Response response = new Response(request.getId());

        /** Made by JMH. */
        public Caller() {
            request.setTwoWay(true);
            request.setData(Rpc.INVOCATION);
        }
    }

    private FrameworkModel frameworkThatNobodyDrains() {
        FrameworkModel made = new FrameworkModel();
        DubboDrain.of(made).use(new Drain(DrainPolicy.STANDARD));
        return made;
    }

    private ResponseCodec countingCodec() {
        ResponseCodec codec = new ResponseCodec(plainCodec);
        codec.setFrameworkModel(framework);
        return codec;
    }

    private io.landfall.shutdown.dubbo.InFlightFilter dubboFilter() {
        io.landfall.shutdown.dubbo.InFlightFilter made = new io.landfall.shutdown.dubbo.InFlightFilter();
        made.setApplicationModel(framework.defaultApplication());
        return made;
    }

    /** Ends what a measurement began. */
    @TearDown
    public void destroy() {
        framework.destroy();
    }

    /** A servlet alone. */
    @Benchmark
    public int http(Caller caller) throws ServletException, IOException {
        chain.doFilter(caller.exchange.request, caller.exchange.response);
        return caller.exchange.answers;
    }

    /** A servlet behind our filter. */
    @Benchmark
    public int httpWithLandfall(Caller caller) throws ServletException, IOException {
        filter.doFilter(caller.exchange.request, caller.exchange.response, chain);
        return caller.exchange.answers;
    }

    /** A provider alone. */
    @Benchmark
    public Object dubbo(Caller caller) throws RemotingException, IOException {
        plainHandler.received(caller.connection, caller.request);
        Object result = invoker.invoke(Rpc.INVOCATION);
        plainCodec.encode(caller.connection, Rpc.NO_BUFFER, caller.response);
        return result;
    }

    /** A provider with all that counts. */
    @Benchmark
    public Object dubboWithLandfall(Caller caller) throws RemotingException, IOException {
        countingHandler.received(caller.connection, caller.request);
        Object result = dubboFilter.invoke(invoker, Rpc.INVOCATION);
        countingCodec.encode(caller.connection, Rpc.NO_BUFFER, caller.response);
        return result;
    }
}
