package io.landfall.registry.dubbo;

import io.landfall.registry.RegistrySettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.DisableInject;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.registry.RegistryFactory;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ScopeModelAware;
import org.jspecify.annotations.Nullable;

/** Wraps whichever registry factory Dubbo uses. Made by Dubbo, which takes a constructor like this one for a wrapper. */
public final class AddressRegistryFactory implements RegistryFactory, ScopeModelAware {

    private static final String NACOS = "nacos";

    private final RegistryFactory wrapped;
    /** Dubbo asks for a registry many times and wraps it anew each time; what was entered must be known to all of them. */
    private final ConcurrentMap<URL, Entered> entered = new ConcurrentHashMap<>();

    private final FirstContact contact = new FirstContact();

    private @Nullable ApplicationModel application;

    /** Called by Dubbo. */
    public AddressRegistryFactory(RegistryFactory wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    @DisableInject
    public void setApplicationModel(ApplicationModel applicationModel) {
        application = applicationModel;
    }

    @Override
    public Registry getRegistry(URL url) {
        contact.await(url);
        Registry registry = wrapped.getRegistry(url);
        if (registry == null || registry.isServiceDiscovery()) {
            return registry;
        }
        return new AddressRegistry(registry, entered.computeIfAbsent(registry.getUrl(), u -> enter(url, registry)));
    }

    private Entered enter(URL url, Registry registry) {
        ApplicationModel model = application == null ? url.getOrDefaultApplicationModel() : application;
        Registrar registrar = new Registrar(registry, model);
        Entered made = new Entered(registrar, () -> entries(url, model), Admission.of(model), Evenness.of(model));
        // Dubbo destroys the registry that is wrapped, and knows nothing of this one.
        model.addDestroyListener(gone -> made.close());
        return made;
    }

    /**
     * Its clients compare lists by address and port, so a consumer hears of one pod in three that comes or goes behind one address,
     * and keeps calling those that are gone (measured with clients 2.5.1 and 3.1.1).
     */
    private static void refuseOneAddressInNacos(URL registry, RegistrySettings settings) {
        if (NACOS.equals(registry.getProtocol()) && !settings.dubbo().oneAddressInNacos()) {
            throw new IllegalStateException(
                    "Nacos' clients miss most of the pods that come and go behind one address. Set"
                            + " landfall.registry.address to a wildcard name (*.name), below which each pod has a name of its own, or"
                            + " landfall.registry.nacos=allow to register that one all the same");
        }
    }

    private static ProviderEntries entries(URL registry, ApplicationModel model) {
        RegistrySettings settings = RegistrySettings.ofThisJvm();
        ProviderEntries entries = ProviderEntries.of(settings);
        if (entries.atOneAddress()) {
            ApplicationLevel.refuse(registry, model, settings);
            refuseOneAddressInNacos(registry, settings);
        }
        return entries;
    }
}
