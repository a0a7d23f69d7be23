package io.landfall.registry.http;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.shared.Application;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import io.landfall.shutdown.FreePort;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** A real Eureka in this process, which knows nothing when it starts. One at a time: it has static fields. */
public final class EurekaServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private EurekaServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts one.
     *
     * @param credentials {@code user:password} that it asks for; empty: it asks for none
     */
    public static EurekaServer start(int port, String credentials) {
        return new EurekaServer(new SpringApplicationBuilder(Server.class)
                .run(
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--door=" + credentials,
                        "--spring.main.banner-mode=off",
                        "--spring.cloud.discovery.enabled=true",
                        "--spring.cloud.zookeeper.enabled=false",
                        "--spring.cloud.consul.enabled=false",
                        "--landfall.registry.enabled=false",
                        "--landfall.drain.enabled=false",
                        "--eureka.client.enabled=true",
                        // Itself, so that it has no peers to tell.
                        "--eureka.instance.hostname=127.0.0.1",
                        "--eureka.client.service-url.defaultZone=http://127.0.0.1:" + port + "/eureka/",
                        "--eureka.client.register-with-eureka=false",
                        "--eureka.client.fetch-registry=false"));
    }

    /** A port that is free now. */
    public static int freePort() throws IOException {
        return FreePort.next();
    }

    /** What it knows of a service. */
    public List<InstanceInfo> instances(String service) {
        Application application =
                context.getBean(PeerAwareInstanceRegistry.class).getApplication(service.toUpperCase(Locale.ROOT));
        return application == null ? List.of() : List.copyOf(application.getInstances());
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Server {

        @Bean
        FilterRegistrationBean<OncePerRequestFilter> door(@Value("${door}") String credentials) {
            FilterRegistrationBean<OncePerRequestFilter> first = new FilterRegistrationBean<>(new Door(credentials));
            first.setOrder(Integer.MIN_VALUE);
            return first;
        }
    }

    /** Lets in who has the credentials. */
    private static final class Door extends OncePerRequestFilter {

        private final String wanted;

        Door(String credentials) {
            wanted = credentials.isEmpty()
                    ? ""
                    : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (wanted.isEmpty() || wanted.equals(request.getHeader("Authorization"))) {
                chain.doFilter(request, response);
            } else {
                response.setHeader("WWW-Authenticate", "Basic realm=\"eureka\"");
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                response.getWriter().print("not you: " + request.getHeader("Authorization"));
            }
        }
    }
}
