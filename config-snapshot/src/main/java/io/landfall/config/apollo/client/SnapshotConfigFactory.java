package io.landfall.config.apollo.client;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigFile;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import com.ctrip.framework.apollo.internals.DefaultConfig;
import com.ctrip.framework.apollo.internals.JsonConfigFile;
import com.ctrip.framework.apollo.internals.PropertiesConfigFile;
import com.ctrip.framework.apollo.internals.TxtConfigFile;
import com.ctrip.framework.apollo.internals.XmlConfigFile;
import com.ctrip.framework.apollo.internals.YamlConfigFile;
import com.ctrip.framework.apollo.internals.YmlConfigFile;
import com.ctrip.framework.apollo.spi.ConfigFactory;

/**
 * Makes Apollo's own classes over files of a snapshot. What cannot be read is thrown to whoever asks for the namespace; Apollo's
 * classes would log it, and answer with defaults.
 */
final class SnapshotConfigFactory implements ConfigFactory {

    private final SnapshotInUse snapshot;
    private final String ownAppId;

    SnapshotConfigFactory(SnapshotInUse snapshot, String ownAppId) {
        this.snapshot = snapshot;
        this.ownAppId = ownAppId;
    }

    @Override
    public Config create(String namespace) {
        return create(ownAppId, namespace);
    }

    @Override
    public Config create(String appId, String namespace) {
        NamespaceFile file = file(appId, namespace);
        return snapshot.read(
                new NamespaceRepository(appId, namespace, file, FileReading.ofConfig(file.format())),
                repository -> new DefaultConfig(appId, namespace, repository));
    }

    @Override
    public ConfigFile createConfigFile(String namespace, ConfigFileFormat format) {
        return createConfigFile(ownAppId, namespace, format);
    }

    @Override
    public ConfigFile createConfigFile(String appId, String namespace, ConfigFileFormat format) {
        return snapshot.read(
                new NamespaceRepository(appId, namespace, file(appId, namespace), FileReading.ofConfigFile(format)),
                repository -> configFile(appId, namespace, format, repository));
    }

    private static ConfigFile configFile(
            String appId, String namespace, ConfigFileFormat format, NamespaceRepository repository) {
        return switch (format) {
            case Properties -> new PropertiesConfigFile(appId, namespace, repository);
            case XML -> new XmlConfigFile(appId, namespace, repository);
            case JSON -> new JsonConfigFile(appId, namespace, repository);
            case YML -> new YmlConfigFile(appId, namespace, repository);
            case YAML -> new YamlConfigFile(appId, namespace, repository);
            case TXT -> new TxtConfigFile(appId, namespace, repository);
        };
    }

    private NamespaceFile file(String appId, String namespace) {
        NamespaceFile file = NamespaceFile.of(namespace);
        return appId.equals(ownAppId) ? file : file.ofApplication(appId);
    }
}
