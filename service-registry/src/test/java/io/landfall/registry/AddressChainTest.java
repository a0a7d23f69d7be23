package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressChainTest {

    private Path folder;

    @BeforeEach
    void useFolder(@TempDir Path empty) {
        folder = empty;
    }

    @Test
    void shouldTakeTheFirstPlaceThatSaysSomething() throws IOException {
        Path file = file("10.0.0.3");

        assertThat(chain("10.0.0.1", "10.0.0.2", file).require()).hasToString("10.0.0.1");
        assertThat(chain(null, "10.0.0.2", file).require()).hasToString("10.0.0.2");
        assertThat(chain(" ", "", file).require()).hasToString("10.0.0.3");
    }

    @Test
    void shouldNotLookFurtherThanItMust() {
        AddressSource forbidden = new AddressSource() {
            @Override
            public String place() {
                return "forbidden";
            }

            @Override
            public Optional<ExternalAddress> find() {
                throw new AssertionError("looked too far");
            }
        };

        AddressChain chain = new AddressChain(List.of(AddressSources.property("p", () -> "10.0.0.1"), forbidden));

        assertThat(chain.find()).contains(ExternalAddress.parse("10.0.0.1"));
    }

    @Test
    void shouldListThePlacesWhenNoneSaysAnything() throws IOException {
        Path missing = folder.resolve("missing");

        assertThat(chain(null, null, missing).find()).isEmpty();
        assertThatThrownBy(chain(null, null, missing)::require)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Looked at: property landfall.registry.address, "
                        + "environment variable LANDFALL_REGISTRY_ADDRESS, file " + missing)
                .hasMessageContaining("landfall.registry.missing=pod-ip");
    }

    @Test
    void shouldReadTheFirstLineOfTheFile() throws IOException {
        assertThat(chain(null, null, file("10.0.0.3:20880\nwritten by the template\n"))
                        .require())
                .hasToString("10.0.0.3:20880");
        assertThat(chain(null, null, file("  orders.example.com\r\n")).require())
                .hasToString("orders.example.com");
    }

    @Test
    void shouldTakeABlankFileAsSayingNothing() throws IOException {
        assertThat(chain(null, null, file("")).find()).isEmpty();
        assertThat(chain(null, null, file("\n10.0.0.3\n")).find()).isEmpty();
        assertThat(chain(null, null, file("   ")).find()).isEmpty();
    }

    @Test
    void shouldLookAgainEachTime() throws IOException {
        Path file = folder.resolve("eip");
        AddressChain chain = chain(null, null, file);
        assertThat(chain.find()).isEmpty();

        Files.writeString(file, "10.0.0.3");

        assertThat(chain.find()).isPresent();
    }

    @Test
    void shouldCloseEveryPlace() {
        List<String> closed = new ArrayList<>();
        AddressChain chain = new AddressChain(List.of(closing("first", closed), closing("second", closed)));

        chain.close();

        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void shouldNameThePlaceOfWhatIsNoAddress() throws IOException {
        Path file = file("<none>\n");

        assertThatThrownBy(chain(null, null, file)::find)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("file " + file + ": '<none>' is no address");
        assertThatThrownBy(chain(null, "10.0.0", file)::find)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("environment variable LANDFALL_REGISTRY_ADDRESS: '10.0.0' is no address");
        assertThatThrownBy(chain("nowhere:", "10.0.0.2", file)::find)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("property landfall.registry.address: 'nowhere:' is no address");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() throws IOException {
        Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {(byte) 0xFF, (byte) 0xFE, 1, 0});

        assertThatThrownBy(chain(null, null, binary)::find).hasMessageContaining(binary.toString());
        assertThatThrownBy(chain(null, null, folder)::find)
                .as("a folder")
                .hasMessageContaining("cannot read")
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(chain(null, null, binary.resolve("eip"))::find)
                .as("a file below a file")
                .hasMessageContaining(binary.resolve("eip").toString());
    }

    @Test
    void shouldNotTakeAByteOrderMarkForAnAddress() throws IOException {
        Path file = folder.resolve("bom");
        Files.write(file, "\uFEFF10.0.0.3".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(chain(null, null, file)::find)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    private static AddressSource closing(String place, List<String> closed) {
        return new AddressSource() {
            @Override
            public String place() {
                return place;
            }

            @Override
            public Optional<ExternalAddress> find() {
                return Optional.empty();
            }

            @Override
            public void close() {
                closed.add(place);
            }
        };
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "eip", ""), content);
    }

    private static AddressChain chain(@Nullable String property, @Nullable String variable, Path file) {
        return new AddressChain(List.of(
                AddressSources.property("landfall.registry.address", () -> property),
                AddressSources.environment("LANDFALL_REGISTRY_ADDRESS", () -> variable),
                AddressSources.file(file)));
    }
}
