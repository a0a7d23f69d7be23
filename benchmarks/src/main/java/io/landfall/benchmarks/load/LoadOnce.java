package io.landfall.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** One start of an application that has nothing but its configuration, in a JVM of its own: prints what it took, and ends. */
public final class LoadOnce {

    private LoadOnce() {}

    /** A way, its folder, and how many keys there are. */
    public static void main(String[] arguments) throws IOException {
        Way way = Way.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        int keys = Integer.parseInt(arguments[2]);
        way.settings(folder).forEach(System::setProperty);
        SpringApplication application = new SpringApplication(LoadOnce.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);

        long start = System.nanoTime();
        ConfigurableApplicationContext context = application.run();
        long loaded = System.nanoTime();
        for (int i = 0; i < keys && way != Way.NONE; i++) {
            read(context.getEnvironment(), i);
        }
        long read = System.nanoTime();

        System.out.printf("%d %d %d%n", (loaded - start) / 1000, (read - start) / 1000, heapInUse() / 1024);
        System.exit(context.isRunning() ? 0 : 1);
    }

    private static void read(Environment environment, int number) {
        if (!Keys.value(number).equals(environment.getProperty(Keys.name(number)))) {
            throw new IllegalStateException("key " + number + " is not what it should be");
        }
    }

    private static long heapInUse() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
