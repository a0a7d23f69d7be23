package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AddressFileTest {

    private final Path path;
    private final AddressFile file;

    AddressFileTest(@TempDir Path folder) {
        path = folder.resolve("eip");
        file = new AddressFile(path.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.10", "203.0.113.10\n", "203.0.113.10\r\nmore", " 203.0.113.10:2280 \n\n"})
    void shouldReadTheFirstLine(String text) throws IOException {
        Files.writeString(path, text);

        assertThat(file.await(0).host()).isEqualTo("203.0.113.10");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThatThrownBy(() -> file.await(0))
                .isInstanceOf(ShimException.class)
                .hasMessageStartingWith("there is no file " + path + " after 0 ms: mount it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \t\n203.0.113.10"})
    void shouldSayThatItIsEmpty(String text) throws IOException {
        Files.writeString(path, text);

        assertThatThrownBy(() -> file.await(0)).hasMessageStartingWith("the file " + path + " is empty after 0 ms");
    }

    @Test
    void shouldNotWaitForAnotherAddressThanAWrongOne() throws IOException {
        Files.writeString(path, "203.0.113.999\n");

        assertThatThrownBy(() -> file.await(600_000))
                .hasMessageStartingWith("the file " + path + " is wrong: '203.0.113.999' is no address");
    }

    @Test
    void shouldSayWhatAFolderMeans() throws IOException {
        Files.createDirectory(path);

        assertThatThrownBy(() -> file.await(600_000)).hasMessageStartingWith(path + " is a folder: have the ConfigMap");
    }

    @Test
    void shouldSayWhatAFolderWithFilesMeans() throws IOException {
        Files.createDirectory(path);
        Files.createFile(path.resolve("address"));

        assertThatThrownBy(() -> file.await(600_000)).hasMessageStartingWith(path + " is a folder: mount the one file");
    }

    @Test
    void shouldNameAByteOrderMark() throws IOException {
        Files.writeString(path, "\ufeff203.0.113.10\n");

        assertThatThrownBy(() -> file.await(600_000))
                .hasMessage("the file " + path + " begins with a byte order mark: save it without one");
    }

    @Test
    void shouldReadNoMoreOfALineThanAnAddressHas() throws IOException {
        Files.writeString(path, "a".repeat(1 << 20));

        assertThatThrownBy(() -> file.await(0)).hasMessageContaining("is no address");
    }
}
