package io.landfall.shutdown.dubbo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.registry.RegistryFactory;
import org.apache.dubbo.registry.client.metadata.ServiceInstanceMetadataUtils;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ProviderModel.RegisterStatedURL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registries that list this process, and how to leave them without destroying anything: what QOS offline does. */
final class Registries {

    private static final Logger log = LoggerFactory.getLogger(Registries.class);

    private final FrameworkModel frameworkModel;

    Registries(FrameworkModel frameworkModel) {
        this.frameworkModel = frameworkModel;
    }

    /**
     * Leaves every registry. One that refuses, or hangs, does not keep us in the others.
     *
     * @throws IllegalStateException naming every entry that could not be removed
     * @throws InterruptedException when a registry has hung for too long; the others are left all the same
     */
    void leave() throws InterruptedException {
        List<String> problems = new CopyOnWriteArrayList<>();
        List<RegisterStatedURL> registered = frameworkModel.getServiceRepository().allProviderModels().stream()
                .flatMap(provider -> provider.getStatedUrl().stream())
                .filter(RegisterStatedURL::isRegistered)
                .toList();
        List<Thread> leaving = new ArrayList<>();
        Map<String, List<RegisterStatedURL>> byRegistry = registered.stream()
                .collect(Collectors.groupingBy(url -> url.getRegistryUrl().getAddress()));
        byRegistry.values().forEach(urls -> leaving.add(aside(() -> urls.forEach(url -> leave(url, problems)))));
        leaving.add(aside(
                () -> frameworkModel.getApplicationModels().forEach(application -> leave(application, problems))));
        for (Thread one : leaving) {
            one.join();
        }
        log.info("Left the registries: {} provider URL(s)", registered.size() - problems.size());
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
    }

    private static Thread aside(Runnable action) {
        Thread thread = new Thread(action, "landfall-leave-registry");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void leave(RegisterStatedURL url, List<String> problems) {
        try {
            Registry registry = url.getRegistryUrl()
                    .getOrDefaultApplicationModel()
                    .getExtensionLoader(RegistryFactory.class)
                    .getAdaptiveExtension()
                    .getRegistry(url.getRegistryUrl());
            registry.unregister(url.getProviderUrl());
            url.setRegistered(false);
        } catch (RuntimeException e) {
            problems.add(url.getProviderUrl().getServiceKey() + ": " + reason(e));
        }
    }

    private static void leave(ApplicationModel application, List<String> problems) {
        try {
            ServiceInstanceMetadataUtils.unregisterMetadataAndInstance(application);
        } catch (RuntimeException e) {
            problems.add("instance of " + application.tryGetApplicationName() + ": " + reason(e));
        }
    }

    /** What Dubbo wraps, it quotes the registry's URL with, and perhaps a password in it: then the kind of failure must do. */
    private static String reason(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure
                ? String.valueOf(failure.getMessage())
                : root.getClass().getSimpleName();
    }
}
