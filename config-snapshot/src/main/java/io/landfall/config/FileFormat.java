package io.landfall.config;

import java.util.Locale;

/** What a file of a snapshot is written in: Apollo's formats. */
public enum FileFormat {
    /** {@link java.util.Properties}, in UTF-8. */
    PROPERTIES,
    /** YAML 1.1, one or more documents. */
    YAML,
    /** RFC 8259. */
    JSON,
    /** XML 1.0. */
    XML,
    /** Everything else; only its size is checked. */
    TXT;

    /** By the name's end, in any case; {@link #TXT} for those that say nothing. */
    public static FileFormat of(FileName name) {
        String path = name.path().toLowerCase(Locale.ROOT);
        int dot = path.lastIndexOf('.');
        return switch (dot < 0 ? "" : path.substring(dot + 1)) {
            case "properties" -> PROPERTIES;
            case "yaml", "yml" -> YAML;
            case "json" -> JSON;
            case "xml" -> XML;
            default -> TXT;
        };
    }
}
