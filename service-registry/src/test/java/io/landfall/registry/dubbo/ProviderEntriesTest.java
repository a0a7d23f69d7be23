package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that changes while a pod runs. */
class ProviderEntriesTest {

    private Path file;
    private ProviderEntries entries;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        file = Files.writeString(folder.resolve("eip"), "10.1.2.3");
        Map<String, String> properties = Map.of("landfall.eip.file", file.toString(), "landfall.pod.name", "orders-0");
        entries = ProviderEntries.of(RegistrySettings.read(properties::get, Map.of()));
    }

    @Test
    void shouldNoticeAnotherAddress() throws IOException {
        Files.writeString(file, "10.9.9.9:30880");

        assertThat(entries.changed()).map(ProviderEntries::where).contains("10.9.9.9:30880");
    }

    @Test
    void shouldNotTakeTheSameForAnother() {
        assertThat(entries.changed()).isEmpty();
    }

    @Test
    void shouldStayAtAnAddressThatHasVanished() throws IOException {
        Files.writeString(file, "");
        assertThat(entries.changed()).isEmpty();

        Files.delete(file);
        assertThat(entries.changed()).isEqualTo(Optional.empty());
    }

    @Test
    void shouldSayWhatIsWrongWithWhatIsNone() throws IOException {
        Files.writeString(file, "no address");

        assertThatThrownBy(entries::changed).hasMessageContaining(file.toString());
    }
}
