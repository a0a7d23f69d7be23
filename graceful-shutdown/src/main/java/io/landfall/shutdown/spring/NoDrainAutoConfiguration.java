package io.landfall.shutdown.spring;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.dubbo.DubboDrain;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** With {@code landfall.drain.enabled=false}: a drain that nobody runs, so that Dubbo does not make one of its own. */
@AutoConfiguration
@ConditionalOnClass(ApplicationModel.class)
@ConditionalOnProperty(name = "landfall.drain.enabled", havingValue = "false")
public class NoDrainAutoConfiguration {

    /** Made by Spring. */
    public NoDrainAutoConfiguration() {}

    @Bean
    SmartInitializingSingleton landfallNoDubboDrain(ObjectProvider<ApplicationModel> models) {
        return () ->
                models.forEach(model -> DubboDrain.of(model.getFrameworkModel()).use(readyDrain()));
    }

    private static Drain readyDrain() {
        Drain drain = new Drain(DrainPolicy.STANDARD);
        drain.readiness().accept();
        return drain;
    }
}
