package io.landfall.registry.springcloud;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Hands what {@link ExternalAddressListener} has found to the application context, as a bean. Made by Spring Boot. */
public final class AddressInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Called by Spring Boot. */
    public AddressInitializer() {}

    /** Comes before libraries that wrap property sources. */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment().getPropertySources().stream()
                .filter(AddressProperties.class::isInstance)
                .findFirst()
                .ifPresent(told -> context.getBeanFactory().registerSingleton(AddressProperties.NAME, told));
    }
}
