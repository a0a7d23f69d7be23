package io.landfall.config.spring;

import io.landfall.config.SnapshotException;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.logging.Log;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

/** Loads the snapshot of a directory, or stops the start. */
final class SnapshotLoader implements ConfigDataLoader<SnapshotResource> {

    private final Log log;

    /** Boot's own kind of log: there is no other while configuration is being read. */
    SnapshotLoader(DeferredLogFactory logs) {
        this.log = logs.getLog(SnapshotLoader.class);
    }

    @Override
    public ConfigData load(ConfigDataLoaderContext context, SnapshotResource resource) {
        if (!resource.settings().enabled()) {
            // Not "no resource": Boot stops where an import that is not optional has none.
            return ConfigData.EMPTY;
        }
        if (!Files.isDirectory(resource.directory())) {
            throw new ConfigDataResourceNotFoundException(resource);
        }
        try {
            MountedSnapshot mounted = MountedSnapshot.of(resource.directory(), resource.settings(), log);
            return new ConfigData(List.of(resource.load(mounted)));
        } catch (SnapshotException e) {
            throw new SnapshotException("The snapshot in " + resource.directory(), e.violations(), e);
        }
    }
}
