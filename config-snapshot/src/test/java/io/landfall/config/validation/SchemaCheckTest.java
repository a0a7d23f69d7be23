package io.landfall.config.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.FileName;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

    private static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "port": {"type": "integer", "maximum": 65535},
               "mode": {"enum": ["fast", "safe"]},
               "since": {"type": "string", "format": "date"},
               "hosts": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}}},
             "required": ["port"],
             "additionalProperties": false}
            """;

    @Test
    void shouldTakeWhatTheSchemaSays() {
        assertThat(problems("a.yaml", "port: 80\nmode: fast\nsince: 2024-01-31\nhosts: [a, b]\n"))
                .isEmpty();
        assertThat(problems("a.json", "{\"port\": 80}")).isEmpty();
        assertThat(problems("a.properties", "port=80\nmode=safe\n")).isEmpty();
    }

    @Test
    void shouldNameKeysAndLinesOfAllThatIsNot() {
        assertThat(problems("a.yaml", "mode: geheim\nhosts:\n- a\n- GEHEIM\nsince: geheim\nother: 1\n"))
                .containsExactlyInAnyOrder(
                        "a.yaml: lacks 'port'; correct it, or the schema",
                        "a.yaml:1: 'mode' is not what its schema says: enum [\"fast\",\"safe\"]; correct it, or the schema",
                        "a.yaml:4: 'hosts[1]' is not what its schema says: pattern \"^[a-z]+$\"; correct it, or the schema",
                        "a.yaml:5: 'since' is not what its schema says: format \"date\"; correct it, or the schema",
                        "a.yaml: has 'other', which the schema does not know; correct it, or the schema");
        assertThat(problems("a.json", "{\n\"port\": \"geheim\"}"))
                .containsExactly(
                        "a.json:2: 'port' is not what its schema says: type \"integer\"; correct it, or the schema");
    }

    @Test
    void shouldTakeTextsOfPropertiesForNumbers() {
        assertThat(problems("a.properties", "mode=fast\nport=99999\n"))
                .containsExactly("a.properties:2: 'port' is not what its schema says: maximum 65535;"
                        + " correct it, or the schema");
        assertThat(problems("a.properties", "port=geheim\n")).hasSize(1).noneMatch(p -> p.contains("geheim"));
    }

    @Test
    void shouldCheckEachDocument() {
        assertThat(problems("a.yaml", "port: 1\n---\nport: 70000\n")).hasSize(1);
    }

    @Test
    void shouldMissTheFileOfASchema() {
        SchemaCheck check = SchemaCheck.of(Map.of(new FileName("a.yaml"), SCHEMA));

        assertThat(check.checkTogether(List.of(SnapshotFile.of("b.yaml", "x: 1"))))
                .extracting(Violation::toString)
                .containsExactly(
                        "a.yaml: there is a schema for it, and no such file; add the file or leave out its schema");
    }

    @Test
    void shouldLeaveWhatIsNotWellFormedToOthers() {
        assertThat(problems("a.yaml", "a: [")).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoSchema() {
        assertThatThrownBy(() -> SchemaCheck.of(Map.of(
                        new FileName("a.json"), "{\"type\": \"strng\"}",
                        new FileName("b.json"), "{\"type\": ",
                        new FileName("c.json"), "[]",
                        new FileName("d.xml"), "{}",
                        new FileName("e.json"), "{\"$schema\": \"http://127.0.0.1:1/x\"}",
                        new FileName("f.json"), "{\"$ref\": \"http://127.0.0.1:1/x\"}",
                        new FileName("g.json"), "{\"$ref\": \"file:///etc/passwd\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .satisfies(m -> assertThat(m.lines())
                        .hasSize(7)
                        .anyMatch(l -> l.startsWith("The schema for a.json is none"))
                        .anyMatch(l -> l.startsWith("The schema for b.json is no JSON"))
                        .contains("The schema for c.json is neither an object nor true or false")
                        .anyMatch(l -> l.startsWith("There are no schemas for d.xml"))
                        .anyMatch(l -> l.startsWith("The schema for e.json names a $schema"))
                        .anyMatch(l -> l.startsWith("The schema for f.json cannot be used: it refers to http"))
                        .anyMatch(l -> l.startsWith("The schema for g.json cannot be used: it refers to file")));
    }

    @Test
    void shouldTakeOlderDrafts() {
        String draft4 = "{\"$schema\": \"http://json-schema.org/draft-04/schema#\","
                + " \"definitions\": {\"p\": {\"type\": \"integer\"}}, \"properties\": {\"a\": {\"$ref\": \"#/definitions/p\"}}}";
        SchemaCheck check = SchemaCheck.of(Map.of(new FileName("a.json"), draft4));

        assertThat(check.check(SnapshotFile.of("a.json", "{\"a\": \"x\"}"))).hasSize(1);
        assertThat(check.check(SnapshotFile.of("a.json", "{\"a\": 1}"))).isEmpty();
    }

    private static List<String> problems(String name, String text) {
        return SchemaCheck.of(Map.of(new FileName(name), SCHEMA)).check(SnapshotFile.of(name, text)).stream()
                .map(Violation::toString)
                .toList();
    }
}
