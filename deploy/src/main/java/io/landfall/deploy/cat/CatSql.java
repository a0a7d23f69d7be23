package io.landfall.deploy.cat;

/** The statements that bring CAT's configuration into its database, for MySQL. */
public final class CatSql {

    private CatSql() {}

    /** Replaces both rows, in one transaction. Running instances follow within a minute or two; roles count from their next start. */
    public static String of(CatFiles files) {
        return "SET NAMES utf8mb4;\nSTART TRANSACTION;\n" + row("server-config", files.serverConfig())
                + row("routerConfig", files.routerConfig()) + "COMMIT;\n";
    }

    /** Not ON DUPLICATE KEY: the name became a unique key only in later versions of CAT. */
    private static String row(String name, String content) {
        return """
                SET @content = '%2$s';
                UPDATE `config` SET `content` = @content, `modify_date` = NOW() WHERE `name` = '%1$s';
                INSERT INTO `config` (`name`, `content`, `creation_date`, `modify_date`)
                  SELECT '%1$s', @content, NOW(), NOW() FROM DUAL
                  WHERE NOT EXISTS (SELECT 1 FROM `config` WHERE `name` = '%1$s');
                """.formatted(name, content.replace("\\", "\\\\").replace("'", "''"));
    }
}
