package io.landfall.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of several fields: each with its length before it, so that none can pass for the end of another. */
final class Digests {

    private final MessageDigest sha256 = sha256();

    Digests add(String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
        return this;
    }

    Digests add(long field) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(field).flip());
        return this;
    }

    /** In hexadecimal, small letters. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
