package io.landfall.config.apollo.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigFile;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.core.enums.ConfigFileFormat;
import com.ctrip.framework.apollo.enums.ConfigSourceType;
import com.ctrip.framework.apollo.enums.PropertyChangeType;
import com.ctrip.framework.apollo.model.ConfigChange;
import com.ctrip.framework.apollo.model.ConfigChangeEvent;
import com.ctrip.framework.apollo.model.ConfigFileChangeEvent;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.SnapshotException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshClient.class)
class UnchangedListenersTest {

    private final Revisions revisions = new Revisions(Map.of(
            "application.properties", "greeting=hello\nlimit=7\nold=1",
            "db.yaml", "pool:\n  size: 8\n  name: main\n",
            "rules.json", "{}"));
    private final BlockingQueue<ConfigChangeEvent> events = new LinkedBlockingQueue<>();

    @Test
    void shouldTellOfEachKeyThatDiffersAndOfNoOther() throws InterruptedException {
        ClientSnapshot.use(revisions.live());
        Config config = ConfigService.getAppConfig();
        config.addChangeListener(events::add);
        assertThat(config.getIntProperty("limit", 0)).isEqualTo(7);

        revisions.write("application.properties", "greeting=hello\nlimit=9\nnew=2");

        ConfigChangeEvent event = next();
        assertThat(event.getNamespace()).isEqualTo("application");
        assertThat(event.getAppId()).isEqualTo("orders");
        assertThat(event.changedKeys()).containsExactlyInAnyOrder("limit", "new", "old");
        assertThat(change(event, "limit")).isEqualTo("MODIFIED 7 -> 9");
        assertThat(change(event, "new")).isEqualTo("ADDED null -> 2");
        assertThat(change(event, "old")).isEqualTo("DELETED 1 -> null");
        assertThat(config.getIntProperty("limit", 0)).as("past Apollo's cache").isEqualTo(9);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldTellListenersOfTheirOwnKeysAndNamespacesOnly() throws InterruptedException {
        ClientSnapshot.use(revisions.live());
        ConfigService.getAppConfig().addChangeListener(events::add, Set.of("limit"));
        ConfigService.getConfig("db.yaml").addChangeListener(events::add, Set.of(), Set.of("pool."));

        revisions.write("application.properties", "greeting=hi\nlimit=7\nold=1");
        revisions.write("rules.json", "[]");
        revisions.write("db.yaml", "pool:\n  size: 9\n  name: main\n");
        revisions.write("application.properties", "greeting=hi\nlimit=8\nold=1");

        assertThat(List.of(changedIn(next()), changedIn(next())))
                .containsExactlyInAnyOrder("db.yaml [pool.size]", "application [limit]");
        assertThat(events).isEmpty();
    }

    private static String changedIn(ConfigChangeEvent event) {
        return event.getNamespace() + " " + event.changedKeys();
    }

    @Test
    void shouldTellListenersOfFiles() throws InterruptedException {
        BlockingQueue<ConfigFileChangeEvent> changes = new LinkedBlockingQueue<>();
        ClientSnapshot.use(revisions.live());
        ConfigFile file = ConfigService.getConfigFile("rules", ConfigFileFormat.JSON);
        file.addChangeListener(changes::add);

        revisions.write("rules.json", "[]");

        ConfigFileChangeEvent event = changes.poll(10, SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.getNamespace()).isEqualTo("rules.json");
        assertThat(event.getOldValue()).isEqualTo("{}");
        assertThat(event.getNewValue()).isEqualTo("[]");
        assertThat(file.getContent()).isEqualTo("[]");
        revisions.remove("rules.json");
        assertThat(changes.poll(10, SECONDS))
                .extracting(ConfigFileChangeEvent::getChangeType)
                .isEqualTo(PropertyChangeType.DELETED);
        assertThat(file.hasContent()).isFalse();
    }

    @Test
    void shouldTellOfANamespaceThatComesAndGoes() throws InterruptedException {
        ClientSnapshot.use(revisions.live());
        Config config = ConfigService.getConfig("late");
        config.addChangeListener(events::add);

        revisions.write("late.properties", "a=1");
        assertThat(change(next(), "a")).isEqualTo("ADDED null -> 1");
        assertThat(config.getSourceType()).isEqualTo(ConfigSourceType.CONFIGMAP);

        revisions.remove("late.properties");
        assertThat(change(next(), "a")).isEqualTo("DELETED 1 -> null");
        assertThat(config.getSourceType()).isEqualTo(ConfigSourceType.NONE);
    }

    @Test
    void shouldRefuseARevisionThatTheClientCouldNotRead() {
        LiveSnapshot live = revisions.live();
        ClientSnapshot.use(live);
        Config application = ConfigService.getAppConfig();
        Config db = ConfigService.getConfig("db.yaml");
        ConfigService.getConfigFile("db", ConfigFileFormat.YAML);

        assertThat(revisions.write("unread.yaml", "a: [")).as("nobody reads it").isTrue();
        assertThat(revisions.write("db.yaml", "a: [")).isFalse();
        assertThat(revisions.write("application.properties", "limit=9\nx=\\u12"))
                .isFalse();

        assertThat(live.refusal().orElseThrow().reason())
                .contains("application.properties:2: ")
                .containsOnlyOnce("db.yaml:");
        assertThat(application.getIntProperty("limit", 0)).isEqualTo(7);
        assertThat(db.getIntProperty("pool.size", 0)).isEqualTo(8);
    }

    @Test
    void shouldChangeToAnotherSnapshotThatIsPutInUse() throws InterruptedException {
        ClientSnapshot.use(revisions.live());
        Config config = ConfigService.getAppConfig();
        config.addChangeListener(events::add);
        Revisions other = new Revisions(Map.of("application.properties", "greeting=hello\nlimit=70\nold=1"));

        ClientSnapshot.use(other.live());
        assertThat(change(next(), "limit")).isEqualTo("MODIFIED 7 -> 70");

        revisions.write("application.properties", "limit=8");
        assertThat(config.getIntProperty("limit", 0)).isEqualTo(70);
        other.write("application.properties", "greeting=hello\nlimit=71\nold=1");
        assertThat(config.getIntProperty("limit", 0)).isEqualTo(71);
    }

    @Test
    void shouldStayWithTheOldSnapshotIfTheNextOneCannotBeRead() {
        ClientSnapshot.use(revisions.live());
        Config config = ConfigService.getAppConfig();
        LiveSnapshot broken = new Revisions(Map.of("application.properties", "limit=\\u9")).live();

        assertThatThrownBy(() -> ClientSnapshot.use(broken))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("application.properties:1");

        revisions.write("application.properties", "limit=8");
        assertThat(config.getIntProperty("limit", 0)).isEqualTo(8);
    }

    @Test
    void shouldKeepWhatItHasWhenFollowingEnds() {
        Runnable end = ClientSnapshot.use(revisions.live());
        Config config = ConfigService.getAppConfig();

        end.run();
        revisions.write("application.properties", "limit=8");
        revisions.write("db.yaml", "pool:\n  size: 9\n");

        assertThat(config.getIntProperty("limit", 0)).isEqualTo(7);
        assertThat(ConfigService.getConfig("db.yaml").getIntProperty("pool.size", 0))
                .as("of the same files, though it is read later")
                .isEqualTo(8);
    }

    @Test
    void shouldMissNoRevisionWhileNamespacesAreRead() throws InterruptedException {
        List<String> namespaces = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
        Revisions many =
                new Revisions(namespaces.stream().collect(Collectors.toMap(n -> n + ".properties", n -> "state=old")));
        ClientSnapshot.use(many.live());
        Thread publisher =
                new Thread(() -> namespaces.forEach(n -> many.write(n + ".properties", "state=new")), "publisher");

        publisher.start();
        List<Config> configs = namespaces.stream().map(ConfigService::getConfig).toList();
        publisher.join();

        assertThat(configs).extracting(c -> c.getProperty("state", "none")).containsOnly("new");
    }

    private ConfigChangeEvent next() throws InterruptedException {
        ConfigChangeEvent event = events.poll(10, SECONDS);
        assertThat(event).as("an event within ten seconds").isNotNull();
        return event;
    }

    private static String change(ConfigChangeEvent event, String key) {
        ConfigChange change = event.getChange(key);
        return change.getChangeType() + " " + change.getOldValue() + " -> " + change.getNewValue();
    }
}
