package io.landfall.config.apollo.client;

import com.ctrip.framework.apollo.enums.ConfigSourceType;
import com.ctrip.framework.apollo.internals.AbstractConfigRepository;
import com.ctrip.framework.apollo.internals.ConfigRepository;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Where one {@code Config} or {@code ConfigFile} of Apollo has its values from: a file of a snapshot. {@link SnapshotInUse} tells it
 * when there is another.
 */
final class NamespaceRepository extends AbstractConfigRepository {

    private final String appId;
    private final String namespace;
    private final NamespaceFile file;
    private final FileReading reading;
    private final Supplier<Properties> factory = propertiesFactory::getPropertiesInstance;

    private volatile Content content = new Content(new Properties(), ConfigSourceType.NONE);

    NamespaceRepository(String appId, String namespace, NamespaceFile file, FileReading reading) {
        this.appId = appId;
        this.namespace = namespace;
        this.file = file;
        this.reading = reading;
    }

    /**
     * What a namespace is in a snapshot.
     *
     * @param properties never changed
     * @param source {@link ConfigSourceType#NONE}, as with Apollo, if it is missing
     */
    record Content(Properties properties, ConfigSourceType source) {}

    String namespace() {
        return namespace;
    }

    NamespaceFile file() {
        return file;
    }

    boolean missing() {
        return content.source() == ConfigSourceType.NONE;
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws io.landfall.config.SnapshotException if the file cannot be parsed
     */
    Content of(Snapshot snapshot) {
        return file.in(snapshot)
                .map(f -> new Content(read(f), ConfigSourceType.CONFIGMAP))
                .orElseGet(() -> new Content(factory.get(), ConfigSourceType.NONE));
    }

    private Properties read(SnapshotFile found) {
        Properties properties = factory.get();
        reading.read(found, properties);
        return properties;
    }

    /** Apollo's classes find out for themselves which keys differ. */
    void become(Content next) {
        content = next;
        fireRepositoryChange(appId, namespace, getConfig());
    }

    /** A copy: some of Apollo's classes keep it, and give it away. */
    @Override
    public Properties getConfig() {
        Properties copy = factory.get();
        copy.putAll(content.properties());
        return copy;
    }

    @Override
    public ConfigSourceType getSourceType() {
        return content.source();
    }

    /** There is nothing behind a snapshot. */
    @Override
    public void setUpstreamRepository(ConfigRepository upstream) {}

    /** Told, never polled. */
    @Override
    protected void sync() {}
}
