package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ProofIndexTest {

    private static final Path README = Path.of(System.getProperty("basedir", "."), "README.md");

    @Test
    void shouldStandInTheReadme() throws IOException {
        String expected = new ProofIndex(tests()).insertedInto(README);
        if (Boolean.getBoolean("landfall.index.write")) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README))
                .as("the list of proofs in README.md; write it with -Dlandfall.index.write=true")
                .isEqualTo(expected);
    }

    @Test
    void shouldListEveryEndToEndTest() {
        List<Method> unlisted = tests().stream()
                .filter(type -> type.getSimpleName().endsWith("IT"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .filter(method -> !method.isAnnotationPresent(Proof.class))
                .toList();
        assertThat(unlisted).as("tests without a @Proof").isEmpty();
    }

    private static List<Class<?>> tests() {
        return new ClassFileImporter()
                .importPackages("io.landfall.e2e").stream()
                        .filter(JavaClass::isTopLevelClass)
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }
}
