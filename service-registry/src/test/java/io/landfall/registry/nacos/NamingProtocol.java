package io.landfall.registry.nacos;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.grpc.auto.BiRequestStreamGrpc;
import com.alibaba.nacos.api.grpc.auto.Payload;
import com.alibaba.nacos.api.grpc.auto.RequestGrpc;
import com.alibaba.nacos.api.naming.pojo.Instance;
import com.alibaba.nacos.api.naming.pojo.ServiceInfo;
import com.alibaba.nacos.api.naming.remote.NamingRemoteConstants;
import com.alibaba.nacos.api.naming.remote.request.AbstractNamingRequest;
import com.alibaba.nacos.api.naming.remote.request.BatchInstanceRequest;
import com.alibaba.nacos.api.naming.remote.request.InstanceRequest;
import com.alibaba.nacos.api.naming.remote.request.NotifySubscriberRequest;
import com.alibaba.nacos.api.naming.remote.request.ServiceListRequest;
import com.alibaba.nacos.api.naming.remote.request.ServiceQueryRequest;
import com.alibaba.nacos.api.naming.remote.request.SubscribeServiceRequest;
import com.alibaba.nacos.api.naming.remote.response.BatchInstanceResponse;
import com.alibaba.nacos.api.naming.remote.response.InstanceResponse;
import com.alibaba.nacos.api.naming.remote.response.QueryServiceResponse;
import com.alibaba.nacos.api.naming.remote.response.ServiceListResponse;
import com.alibaba.nacos.api.naming.remote.response.SubscribeServiceResponse;
import com.alibaba.nacos.api.remote.request.ConnectionSetupRequest;
import com.alibaba.nacos.api.remote.request.HealthCheckRequest;
import com.alibaba.nacos.api.remote.request.ServerCheckRequest;
import com.alibaba.nacos.api.remote.request.ServerRequest;
import com.alibaba.nacos.api.remote.request.SetupAckRequest;
import com.alibaba.nacos.api.remote.response.ErrorResponse;
import com.alibaba.nacos.api.remote.response.HealthCheckResponse;
import com.alibaba.nacos.api.remote.response.Response;
import com.alibaba.nacos.api.remote.response.ResponseCode;
import com.alibaba.nacos.api.remote.response.ServerCheckResponse;
import com.alibaba.nacos.common.remote.PayloadRegistry;
import com.alibaba.nacos.common.remote.client.grpc.GrpcUtils;
import com.alibaba.nacos.shaded.io.grpc.Attributes;
import com.alibaba.nacos.shaded.io.grpc.Context;
import com.alibaba.nacos.shaded.io.grpc.Contexts;
import com.alibaba.nacos.shaded.io.grpc.Metadata;
import com.alibaba.nacos.shaded.io.grpc.Server;
import com.alibaba.nacos.shaded.io.grpc.ServerCall;
import com.alibaba.nacos.shaded.io.grpc.ServerCallHandler;
import com.alibaba.nacos.shaded.io.grpc.ServerTransportFilter;
import com.alibaba.nacos.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import com.alibaba.nacos.shaded.io.grpc.stub.ServerCallStreamObserver;
import com.alibaba.nacos.shaded.io.grpc.stub.StreamObserver;
import io.landfall.registry.nacos.Naming.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How clients speak to {@link Naming}: a request has its answer, and what is pushed goes over a stream that each connection opens
 * first. A connection is one of TCP.
 */
final class NamingProtocol {

    private static final Attributes.Key<String> OF_TRANSPORT = Attributes.Key.create("connection");
    private static final Context.Key<String> CONNECTION = Context.key("connection");
    /** A server's, keys and values together; what is longer has been refused since 2.3.0. */
    private static final int LONGEST_METADATA = 1024;

    /** A field, since java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger GRPC = Logger.getLogger("com.alibaba.nacos.shaded.io.grpc");

    private final Naming naming;
    private final ConcurrentMap<String, StreamObserver<Payload>> streams = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    NamingProtocol(Naming naming) {
        this.naming = naming;
        PayloadRegistry.init();
        // It would say of every client that leaves how it did.
        GRPC.setLevel(Level.WARNING);
    }

    /** On loopback; 0 is any port. */
    Server listen(int port) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addTransportFilter(new Connections())
                .intercept(NamingProtocol::inConnection)
                .addService(new Requests())
                .addService(new Streams())
                .build()
                .start();
    }

    private static <Q, A> ServerCall.Listener<Q> inConnection(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context =
                Context.current().withValue(CONNECTION, call.getAttributes().get(OF_TRANSPORT));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private Response answer(String connection, Object request) {
        if (request instanceof ServerCheckRequest) {
            return new ServerCheckResponse(connection, true);
        }
        if (!streams.containsKey(connection)) {
            return ErrorResponse.build(NacosException.UN_REGISTER, "Connection is unregistered.");
        }
        if (request instanceof HealthCheckRequest) {
            return new HealthCheckResponse();
        }
        return request instanceof AbstractNamingRequest about ? answerAbout(connection, about) : notHere();
    }

    private Response answerAbout(String connection, AbstractNamingRequest request) {
        Service service = new Service(request.getNamespace(), request.getGroupName(), request.getServiceName());
        if (request instanceof InstanceRequest one) {
            return register(connection, service, one);
        }
        if (request instanceof BatchInstanceRequest batch) {
            return publish(connection, service, batch.getInstances(), new BatchInstanceResponse(batch.getType()));
        }
        if (request instanceof SubscribeServiceRequest subscription) {
            return subscribe(connection, service, subscription);
        }
        if (request instanceof ServiceQueryRequest) {
            return QueryServiceResponse.buildSuccessResponse(naming.known(service));
        }
        if (request instanceof ServiceListRequest) {
            List<String> names = naming.names(service.namespace(), service.group());
            return ServiceListResponse.buildSuccessResponse(names.size(), names);
        }
        return notHere();
    }

    private Response register(String connection, Service service, InstanceRequest request) {
        Response response = new InstanceResponse(request.getType());
        if (request.getType().equals(NamingRemoteConstants.DE_REGISTER_INSTANCE)) {
            naming.withdraw(connection, service);
            return response;
        }
        return publish(connection, service, List.of(request.getInstance()), response);
    }

    private Response publish(String connection, Service service, List<Instance> instances, Response response) {
        if (instances.stream().anyMatch(instance -> metadataLength(instance) > LONGEST_METADATA)) {
            response.setErrorInfo(
                    NacosException.INVALID_PARAM,
                    "Param check invalid:Param 'Metadata' is illegal, the param length should not exceed "
                            + LONGEST_METADATA + ".");
        } else {
            naming.publish(connection, service, instances);
        }
        return response;
    }

    private Response subscribe(String connection, Service service, SubscribeServiceRequest request) {
        ServiceInfo known = request.isSubscribe()
                ? naming.subscribe(
                        connection,
                        service,
                        info -> send(connection, NotifySubscriberRequest.buildNotifySubscriberRequest(info)))
                : naming.unsubscribe(connection, service);
        return new SubscribeServiceResponse(ResponseCode.SUCCESS.getCode(), "success", known);
    }

    private static Response notHere() {
        return ErrorResponse.build(NacosException.NO_HANDLER, "RequestHandler Not Found");
    }

    private static int metadataLength(Instance instance) {
        return instance.getMetadata().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    private void send(String connection, ServerRequest request) {
        StreamObserver<Payload> stream = streams.get(connection);
        if (stream == null) {
            return;
        }
        request.setRequestId(String.valueOf(numbers.incrementAndGet()));
        synchronized (stream) {
            if (streams.containsKey(connection)) {
                stream.onNext(GrpcUtils.convert(request));
            }
        }
    }

    /** Names each connection, and says when it has ended. */
    private final class Connections extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes transport) {
            return transport.toBuilder()
                    .set(OF_TRANSPORT, "connection-" + numbers.incrementAndGet())
                    .build();
        }

        @Override
        public void transportTerminated(@Nullable Attributes transport) {
            String connection = transport == null ? null : transport.get(OF_TRANSPORT);
            if (connection != null) {
                streams.remove(connection);
                naming.left(connection);
            }
        }
    }

    private final class Requests extends RequestGrpc.RequestImplBase {
        @Override
        public void request(Payload payload, StreamObserver<Payload> answers) {
            answers.onNext(GrpcUtils.convert(answer(CONNECTION.get(), GrpcUtils.parse(payload))));
            answers.onCompleted();
        }
    }

    private final class Streams extends BiRequestStreamGrpc.BiRequestStreamImplBase {
        @Override
        public StreamObserver<Payload> requestBiStream(StreamObserver<Payload> stream) {
            String connection = CONNECTION.get();
            // With a handler, what is said to somebody who has just left is lost, and not thrown.
            ((ServerCallStreamObserver<Payload>) stream).setOnCancelHandler(() -> streams.remove(connection));
            return new StreamObserver<>() {
                @Override
                public void onNext(Payload payload) {
                    // Everything else says that a push has come.
                    if (GrpcUtils.parse(payload) instanceof ConnectionSetupRequest) {
                        streams.put(connection, stream);
                        send(connection, new SetupAckRequest(Map.of()));
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    // The connection ends, and everything with it.
                }

                @Override
                public void onCompleted() {
                    // A client does not close its connection before.
                    synchronized (stream) {
                        streams.remove(connection);
                        stream.onCompleted();
                    }
                }
            };
        }
    }
}
