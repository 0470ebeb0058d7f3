package io.cronlink.alarm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The headers of Standard Webhooks: by them a receiver knows who has sent a message, and a message that it has had before. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final @Nullable SecretKeySpec key;

    WebhookSignature(@Nullable String secret) {
        this.key = secret == null || secret.isBlank() ? null : new SecretKeySpec(bytes(secret.strip()), ALGORITHM);
    }

    private static byte[] bytes(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException wrong) {
            // Its message shows a part of the secret.
            throw new IllegalArgumentException("what follows whsec_ in its secret is not Base64");
        }
        throw new IllegalArgumentException("nothing follows whsec_ in its secret");
    }

    Map<String, String> sign(String id, Instant now, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        String timestamp = String.valueOf(now.getEpochSecond());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        if (key != null) {
            headers.put("webhook-signature", "v1," + mac(key, id + "." + timestamp + "." + body));
        }
        return headers;
    }

    private static String mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
