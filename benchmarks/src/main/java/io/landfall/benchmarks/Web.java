package io.landfall.benchmarks;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** As much of a servlet container as a filter touches; what it asks for costs nothing here, so that only the filter counts. */
final class Web {

    private Web() {}

    /** A servlet that answers at once. */
    static FilterChain chain() {
        return (request, response) -> ((Request) request).exchange.answers++;
    }

    /** One request after the other. */
    static final class Exchange {
        final HttpServletRequest request = new Request(this);
        final ServletResponse response = nothing(ServletResponse.class);
        int answers;
    }

    private static final class Request extends HttpServletRequestWrapper {
        private final Exchange exchange;

        Request(Exchange exchange) {
            super(nothing(HttpServletRequest.class));
            this.exchange = exchange;
        }

        @Override
        public String getRequestURI() {
            return "/greetings/1";
        }

        @Override
        public String getContextPath() {
            return "";
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            throw new UnsupportedOperationException(method.toString());
        }));
    }
}
