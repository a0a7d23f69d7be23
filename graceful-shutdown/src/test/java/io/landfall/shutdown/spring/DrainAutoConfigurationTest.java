package io.landfall.shutdown.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainMetrics;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.InFlight;
import io.landfall.shutdown.Readiness;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

@Timeout(60)
class DrainAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DrainAutoConfiguration.class))
            .withPropertyValues("landfall.drain.quiet-period=50ms");

    @Test
    void shouldGiveEveryContextADrainByTheStandard() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DrainAutoConfiguration.class))
                .run(context -> {
                    Drain drain = context.getBean(Drain.class);
                    assertThat(drain.policy()).isEqualTo(DrainPolicy.STANDARD);
                    CompletableFuture<DrainReport> unused =
                            drain.begin("no need to wait for the standard's quiet period");
                    drain.force();
                });
    }

    @Test
    void shouldReadThePolicyFromProperties() {
        runner.withPropertyValues(
                        "landfall.drain.deadline=9s", "landfall.drain.step-limit=8s", "landfall.drain.close-time=7s")
                .run(context -> assertThat(context.getBean(Drain.class).policy())
                        .isEqualTo(new DrainPolicy(
                                Duration.ofSeconds(9),
                                Duration.ofMillis(50),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(7))));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void shouldWarnOfAGracePeriodThatIsTooShort(CapturedOutput output) {
        runner.withPropertyValues("landfall.drain.grace-period=30s").run(context -> assertThat(output)
                .contains("WARN", "the pod's grace period is PT30S", "terminationGracePeriodSeconds to 37"));
    }

    @Test
    void shouldDescribeItsPropertiesToEditors() throws IOException {
        // The class path has Boot's own file of that name first.
        String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));

        assertThat(metadata)
                .contains("landfall.drain.enabled", "landfall.drain.deadline", "landfall.drain.grace-period")
                .contains("landfall.probe.port", "from the trigger until calls still in flight are cut");
    }

    @Test
    void shouldHaveNoDrainWhenSwitchedOff() {
        runner.withPropertyValues("landfall.drain.enabled=false", "landfall.drain.deadline=-1s")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Drain.class)
                        .doesNotHaveBean(DrainMetrics.class));
    }

    @Test
    void shouldStopTheStartOnNonsenseAndSayWhat() {
        runner.withPropertyValues("landfall.drain.deadline=0s", "landfall.drain.step-limit=-1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("landfall.drain.deadline is PT0S: use a time above zero")
                        .hasMessageContaining("landfall.drain.step-limit is PT-1S"));
    }

    @Test
    void shouldLeaveTheApplicationsOwnDrainAlone() {
        runner.withUserConfiguration(OwnDrain.class)
                .run(context -> assertThat(context.getBean(Drain.class)).isSameAs(context.getBean("ownDrain")));
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnDrain.class, NoDrain.class})
    void shouldRunEveryStepThatIsABean(Class<?> configuration) {
        runner.withUserConfiguration(configuration, Queue.class).run(context -> {
            Drain drain = context.getBean(Drain.class);

            DrainReport report = drain.run("test");

            assertThat(report.steps()).extracting(DrainReport.StepResult::name).contains("queue", "finish tasks");
        });
    }

    @Test
    void shouldServeProbesInAContextThatMakesItsBeansLate() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues("landfall.probe.port=0", "landfall.probe.host=127.0.0.1")
                .run(context -> assertThat(context.getBeanFactory().containsSingleton("landfallProbeServer"))
                        .isTrue());
    }

    @Test
    void shouldDrainBeforeAnyBeanIsDestroyed() {
        List<String> course = new ArrayList<>();
        runner.withBean(Course.class, () -> new Course(course)).run(context -> {
            Drain drain = context.getBean(Drain.class);
            long call = drain.inFlight("http").enter("slow");
            CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);

            await().until(() -> drain.phase() == DrainPhase.WITHDRAWN);
            assertThat(context.isActive()).as("beans work for calls in flight").isTrue();
            assertThat(course).containsExactly("step REFUSING", "step WITHDRAWN");
            drain.inFlight("http").exit(call);
            closing.join();

            assertThat(course)
                    .containsExactly("step REFUSING", "step WITHDRAWN", "step CLOSED", "closed event", "destroyed");
            assertThat(drain.report()).hasValueSatisfying(report -> {
                assertThat(report.cause()).isEqualTo("context close");
                assertThat(report.forced()).isFalse();
                assertThat(report.served()).isEqualTo(1);
            });
        });
    }

    @Test
    void shouldTakeInEveryStepBean() {
        runner.withBean("one", DrainStep.class, () -> DrainStep.of("one", DrainPhase.WITHDRAWN, () -> {}))
                .withBean("two", DrainStep.class, () -> DrainStep.of("two", DrainPhase.CLOSED, () -> {}))
                .run(context -> {
                    Drain drain = context.getBean(Drain.class);
                    context.close();

                    assertThat(drain.report().orElseThrow().steps())
                            .extracting(DrainReport.StepResult::name)
                            .contains("one", "two");
                });
    }

    @Test
    void shouldNotDrainWhenAChildContextCloses() {
        runner.run(context -> {
            Drain drain = context.getBean(Drain.class);
            drain.readiness().accept();
            try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
                child.setParent(context);
                child.refresh();
            }

            assertThat(drain.phase()).isEqualTo(DrainPhase.SERVING);
            assertThat(drain.report()).isEmpty();
            assertThat(drain.readiness().ready()).isTrue();
        });
    }

    @Test
    void shouldBeReadyWhenTheApplicationIsAndNotBefore() {
        List<Readiness.State> onStart = Collections.synchronizedList(new ArrayList<>());
        SpringApplication application = application();
        application.addListeners((ApplicationListener<ApplicationStartedEvent>) started -> onStart.add(
                started.getApplicationContext().getBean(Drain.class).readiness().state()));

        try (ConfigurableApplicationContext context = application.run()) {
            assertThat(onStart).containsExactly(Readiness.State.STARTING);
            assertThat(context.getBean(Drain.class).readiness().ready()).isTrue();
        }
    }

    @Test
    void shouldNotBeReadyWhenAChildApplicationIs() {
        runner.run(context -> {
            Drain drain = context.getBean(Drain.class);
            try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Empty.class)
                    .parent(context)
                    .web(WebApplicationType.NONE)
                    .run()) {
                assertThat(child.isActive()).isTrue();
                assertThat(drain.readiness().state()).isEqualTo(Readiness.State.STARTING);
            }
            assertThat(drain.phase()).isEqualTo(DrainPhase.SERVING);
        });
    }

    @Test
    void shouldTellBootThatItRefuses() {
        runner.withBean(Availability.class).run(context -> {
            Availability availability = context.getBean(Availability.class);
            context.close();

            assertThat(availability.states).contains(ReadinessState.REFUSING_TRAFFIC);
        });
    }

    @Test
    void shouldWorkWithoutDubbo() {
        runner.withClassLoader(new FilteredClassLoader("org.apache.dubbo")).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Drain.class);
            assertThat(context).doesNotHaveBean("landfallDubboDrain");
            Drain drain = context.getBean(Drain.class);
            context.close();
            assertThat(drain.phase()).isEqualTo(DrainPhase.CLOSED);
        });
    }

    @Test
    void shouldHaveDubboUseTheContextsDrain() {
        ApplicationModel model = ApplicationModel.defaultModel();
        runner.withBean(ApplicationModel.class, () -> model).run(context -> assertThat(
                        DubboDrain.of(model.getFrameworkModel()).drain())
                .isSameAs(context.getBean(Drain.class)));
    }

    @Test
    void shouldWorkWithoutMicrometer() {
        runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class)).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Drain.class);
            assertThat(context).doesNotHaveBean("landfallDrainMetrics");
        });
    }

    @Test
    void shouldShowMetricsWhereMicrometerIsThere() {
        runner.run(context -> assertThat(context).hasSingleBean(DrainMetrics.class));
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.of("landfall.drain.quiet-period", "50ms"));
        return application;
    }

    @Configuration(proxyBeanMethods = false)
    static class Empty {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DrainAutoConfiguration.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class OwnDrain {
        @Bean
        Drain ownDrain() {
            return new Drain(DrainPolicy.STANDARD.withQuietPeriod(Duration.ZERO));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoDrain {}

    /** It asks for the drain that it is a step of. */
    @Configuration(proxyBeanMethods = false)
    static class Queue {
        @Bean
        DrainStep queue(Drain drain) {
            InFlight messages = drain.inFlight("queue");
            return DrainStep.of("queue", DrainPhase.WITHDRAWN, () -> assertThat(messages.count())
                    .isZero());
        }
    }

    static final class Availability {
        private final List<Object> states = Collections.synchronizedList(new ArrayList<>());

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            states.add(event.getState());
        }
    }

    /** What happened around the drain, in order. */
    @Configuration(proxyBeanMethods = false)
    static class Course implements DisposableBean {
        private final List<String> course;

        Course(List<String> course) {
            this.course = Collections.synchronizedList(course);
        }

        @Bean
        DrainStep refusing() {
            return step(DrainPhase.REFUSING);
        }

        @Bean
        DrainStep withdrawn() {
            return step(DrainPhase.WITHDRAWN);
        }

        @Bean
        DrainStep closed() {
            return step(DrainPhase.CLOSED);
        }

        private DrainStep step(DrainPhase phase) {
            return DrainStep.of("note " + phase, phase, () -> course.add("step " + phase));
        }

        @EventListener(ContextClosedEvent.class)
        void noteClosed() {
            course.add("closed event");
        }

        @Override
        public void destroy() {
            course.add("destroyed");
        }
    }
}
