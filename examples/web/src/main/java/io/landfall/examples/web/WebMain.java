package io.landfall.examples.web;

import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Greets until SIGTERM. There is nothing of Landfall in it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DubboGreetings.class)
public class WebMain {

    /** Made by Spring. */
    public WebMain() {}

    /** Starts to serve. */
    public static void main(String[] args) {
        SpringApplication.run(WebMain.class, args);
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    Greetings greetings(Work work) {
        return new Greetings(Provider.ofThisProcess(), work);
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    ReactiveGreetings reactiveGreetings() {
        return new ReactiveGreetings(Provider.ofThisProcess());
    }

    /** A sleep, which is the work of a real service, simulated. */
    @Bean
    @ConditionalOnMissingBean
    Work work() {
        return TimeUnit.MILLISECONDS::sleep;
    }
}
