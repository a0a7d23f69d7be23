package io.landfall.config.spring;

import io.landfall.config.SnapshotChange;
import io.landfall.config.SnapshotListener;
import io.landfall.config.spring.SnapshotChangedEvent.ValueChange;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Brings revisions to one application context: environment, then beans, then listeners. */
final class EnvironmentSwap implements SnapshotListener {

    private static final Logger log = LoggerFactory.getLogger(EnvironmentSwap.class);

    private final MountedSnapshot mounted;
    private final ConfigurableEnvironment environment;
    private final ApplicationEventPublisher events;
    private final Consumer<Set<String>> beans;
    private SnapshotPropertySource current;

    /** @param beans told which keys changed, before the application's own listeners are */
    EnvironmentSwap(
            MountedSnapshot mounted,
            ConfigurableEnvironment environment,
            ApplicationEventPublisher events,
            Consumer<Set<String>> beans) {
        this.mounted = mounted;
        this.environment = environment;
        this.events = events;
        this.beans = beans;
        this.current = source();
    }

    @Override
    public void changed(SnapshotChange change) {
        SnapshotPropertySource before = current;
        SnapshotPropertySource after = bring();
        current = after;
        SortedMap<String, ValueChange> keys = changes(before, after);
        if (!keys.isEmpty()) {
            tellBeans(change, keys.keySet());
        }
        events.publishEvent(new SnapshotChangedEvent(change, keys));
    }

    /** What is live, where a revision came while something else read the environment anew or before anybody listened. */
    void catchUp() {
        PropertySource<?> there = environment.getPropertySources().get(mounted.sourceName());
        if (there instanceof SnapshotPropertySource source
                && !source.snapshot().equals(mounted.live().current())) {
            bring();
        }
    }

    private synchronized SnapshotPropertySource bring() {
        SnapshotPropertySource live = source();
        replace(live);
        return live;
    }

    private SnapshotPropertySource source() {
        return new SnapshotPropertySource(mounted, mounted.documents(), Activation.of(environment));
    }

    /** In one step: whoever looks sees all of one revision or all of the other. */
    private void replace(SnapshotPropertySource source) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(source.getName())) {
            sources.replace(source.getName(), source);
        }
    }

    private void tellBeans(SnapshotChange change, Set<String> keys) {
        try {
            beans.accept(keys);
        } catch (RuntimeException e) {
            // Without the exception: it has the value.
            log.error(
                    "Some beans keep values of before {}: {}; mend it with another revision",
                    change.after().id(),
                    reason(e));
        }
    }

    private static String reason(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                return bind.getName() + " does not fit " + bind.getTarget().getType()
                        + (bind.getProperty() == null
                                ? ""
                                : " at " + bind.getProperty().getOrigin());
            }
        }
        return NestedExceptionUtils.getMostSpecificCause(e).getClass().getName();
    }

    private static SortedMap<String, ValueChange> changes(SnapshotPropertySource before, SnapshotPropertySource after) {
        SortedMap<String, ValueChange> changes = new TreeMap<>();
        for (String key : after.getPropertyNames()) {
            compare(key, before, after, changes);
        }
        for (String key : before.getPropertyNames()) {
            compare(key, before, after, changes);
        }
        return changes;
    }

    private static void compare(
            String key,
            SnapshotPropertySource before,
            SnapshotPropertySource after,
            SortedMap<String, ValueChange> changes) {
        Object old = before.getProperty(key);
        Object now = after.getProperty(key);
        if (!Objects.equals(old, now)) {
            changes.put(key, new ValueChange(old, now, before.secret(key) || after.secret(key)));
        }
    }
}
