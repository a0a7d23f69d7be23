package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class AgentJarIT {

    private static final int JAVA_8 = 52;

    @Test
    void shouldBeSmall() throws IOException {
        assertThat(Files.size(Jvm.AGENT)).isLessThan(200 * 1024);
    }

    @Test
    void shouldHaveOneClassThatAnApplicationCanLoad() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .containsExactly("io/landfall/catip/Agent.class");
        }
    }

    @Test
    void shouldRunOnJava8() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            List<ZipEntry> classes = jar.stream()
                    .filter(entry -> entry.getName().matches(".*\\.class(data)?"))
                    .map(ZipEntry.class::cast)
                    .toList();
            assertThat(classes).hasSizeGreaterThan(30).allSatisfy(entry -> assertThat(version(jar, entry))
                    .isLessThanOrEqualTo(JAVA_8));
            assertThat(version(jar, jar.getEntry("io/landfall/catip/Agent.class")))
                    .isEqualTo(JAVA_8);
        }
    }

    @Test
    void shouldAskForNothingThatItDoesNotNeed() throws IOException {
        try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.landfall.catip.Agent");
            assertThat(manifest.getValue("Agent-Class")).isNull();
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("false");
            assertThat(manifest.getValue("Can-Redefine-Classes")).isEqualTo("false");
            assertThat(jar.getEntry("META-INF/licenses/asm.txt")).isNotNull();
        }
    }

    private static int version(JarFile jar, ZipEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            DataInputStream data = new DataInputStream(in);
            data.readInt();
            data.readUnsignedShort();
            return data.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
