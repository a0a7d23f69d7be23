package io.landfall.config.apollo;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an application's secret, which the requests do not carry. */
final class AccessKey implements Endpoint.Credentials {

    private static final String ALGORITHM = "HmacSHA1";

    private final String appId;
    private final SecretKeySpec key;
    private final Clock clock;

    AccessKey(String appId, String secret, Clock clock) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the access key is empty");
        }
        this.appId = appId;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(String pathAndQuery) {
        String timestamp = String.valueOf(clock.millis());
        String signature = signature(timestamp + "\n" + pathAndQuery);
        return Map.of("Authorization", "Apollo " + appId + ":" + signature, "Timestamp", timestamp);
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
