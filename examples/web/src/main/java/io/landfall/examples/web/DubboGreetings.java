package io.landfall.examples.web;

import io.landfall.examples.load.dubbo.GreetingService;
import io.landfall.examples.load.dubbo.SlowGreeting;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.config.annotation.DubboReference;
import org.apache.dubbo.config.annotation.DubboService;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the application has beside its web server where Dubbo is on the class path: it greets over Dubbo too, and with
 * {@code greeting.asks} set its web requests ask another service before they answer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(EnableDubbo.class)
@EnableDubbo
class DubboGreetings {

    @Bean
    @DubboService
    GreetingService greeting() {
        return new SlowGreeting(Provider.ofThisProcess().name());
    }

    /** The other service is the same one in another group. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("greeting.asks")
    static class Asking {
        private static final int TIMEOUT_MILLIS = 15_000;

        @Bean
        @DubboReference(
                group = "${greeting.asks}",
                timeout = TIMEOUT_MILLIS,
                retries = 0,
                check = false,
                // By the service's own entries, as Dubbo 2 has always done.
                parameters = {"migration.step", "FORCE_INTERFACE"})
        ReferenceBean<GreetingService> asked() {
            return new ReferenceBean<>();
        }

        @Bean
        Work work(@Qualifier("asked") GreetingService asked) {
            return millis -> asked.greet("web", Math.toIntExact(millis)).get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
