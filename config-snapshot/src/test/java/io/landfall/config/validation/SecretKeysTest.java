package io.landfall.config.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.SnapshotFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {

    private final SecretKeys marker = SecretKeys.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "spring.datasource.password",
                "dbPassword",
                "DB_PASSWORD",
                "password1",
                "dbpassword",
                "passwords[0]",
                "redis.passwd",
                "jwt.secret",
                "jwt.secret.value",
                "client-secret",
                "secretKey",
                "authToken",
                "oauth2AccessToken",
                "private-key",
                "private.key",
                "privateKey",
                "PRIVATEKEY",
                "aws.access_key",
                "api-key",
                "payment.apiKey",
                "api.key",
                "apikeys",
                "credentials",
                "credentials.user",
                "db.credentials.main.user",
                "secrets[2].name",
                "token-file"
            })
    void shouldFindSecretsByTheirNames(String key) {
        assertThat(marker.mark(SnapshotFile.of("a.properties", key + "=x")).secretKeys())
                .containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "password.min-length",
                "token.lifetime",
                "tokenizer",
                "secretary",
                "key",
                "primary-key",
                "public-key",
                "access-log",
                "api.version",
                "keyboard.api",
                "compass-word",
                "value"
            })
    void shouldLeaveOtherNamesAlone(String key) {
        SnapshotFile file = SnapshotFile.of("a.properties", key + "=x");

        assertThat(marker.mark(file)).isSameAs(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://root:geheim@db:3306/shop",
                "redis://:geheim@cache",
                "jdbc:postgresql://db/shop?user=me&password=geheim",
                "jdbc:sqlserver://db;user=me;Password=geheim",
                "-----BEGIN RSA PRIVATE KEY-----\\nx\\n-----END RSA PRIVATE KEY-----"
            })
    void shouldFindSecretsByTheirValues(String value) {
        assertThat(marker.mark(SnapshotFile.of("a.properties", "url=" + value)).secretKeys())
                .containsExactly("url");
    }

    @Test
    void shouldLeaveUrlsWithoutPasswordsAlone() {
        String urls = "a=http://host:8080/x@y\nb=jdbc:mysql://db:3306/shop?user=me\nc=http://me@host\nd=a:b@c\n";

        assertThat(marker.mark(SnapshotFile.of("a.properties", urls)).secret()).isFalse();
    }

    @Test
    void shouldMarkKeysOfYamlAndJson() {
        String yaml = "db:\n- user: me\n  password: x\n---\nbase: &b {token: 1}\nprod: {<<: *b}\n";

        assertThat(marker.mark(SnapshotFile.of("a.yaml", yaml)).secretKeys())
                .containsExactly("base.token", "db[0].password", "prod.token");
        assertThat(marker.mark(SnapshotFile.of("a.json", "{\"a\": {\"apiKey\": null}}"))
                        .secretKeys())
                .containsExactly("a.apiKey");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><db><password>x</password></db></a>",
                "<a password='x'/>",
                "<a><property name='db.password' value='x'/></a>",
                "<a><entry key='token'>x</entry></a>",
                "<a><url>redis://:geheim@cache</url></a>"
            })
    void shouldMarkXmlAsAWhole(String text) {
        assertThat(marker.mark(SnapshotFile.of("a.xml", text)).secretKeys()).containsExactly(SnapshotFile.WHOLE);
    }

    @Test
    void shouldMarkWhatPatternsName() {
        SecretKeys more = marker.withKeys(List.of("db.*.pin", "x")).withFiles(List.of("certs/*.pem", "*.jks"));

        assertThat(more.mark(SnapshotFile.of("a.properties", "DB.main.PIN=1\ndb.pin=2\nx=3\nxx=4\npassword=5\n"))
                        .secretKeys())
                .containsExactly("DB.main.PIN", "password", "x");
        assertThat(more.mark(SnapshotFile.of("certs/a/b.pem", "x")).secretKeys())
                .containsExactly(SnapshotFile.WHOLE);
        assertThat(more.mark(SnapshotFile.of("a.pem", "x")).secret()).isFalse();
        assertThat(marker.mark(SnapshotFile.of("a.txt", "password=x")).secret()).isFalse();
        assertThat(more.withKeys(List.of("a[0].*"))
                        .mark(SnapshotFile.of("a.yaml", "a: [{b: 1}, {b: 2}]"))
                        .secretKeys())
                .containsExactly("a[0].b");
    }

    @Test
    void shouldKeepTheMarksThatAreThere() {
        SnapshotFile file = SnapshotFile.of("a.properties", "a=1\npassword=2\n").withSecretKeys(List.of("a"));

        assertThat(marker.mark(file).secretKeys()).containsExactly("a", "password");
    }

    @Test
    void shouldMarkWhatCanBeReadOfAFileThatIsNotWellFormed() {
        assertThat(marker.mark(SnapshotFile.of("a.properties", "password=x\na=\\uzzzz\n"))
                        .secretKeys())
                .containsExactly("password");
    }
}
