package io.cronlink.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Names and passwords that were right a short while ago. A program that calls every second need not pay for the hash every
 * second. What is kept is of no use outside of this process, and none once the user's hash is another one.
 */
final class VerifiedLogins {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int CAPACITY = 1000;

    private final Duration remember;
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Verified> logins = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Verified> eldest) {
            return size() > CAPACITY;
        }
    };

    VerifiedLogins(Duration remember, InstantSource clock) {
        this.remember = remember;
        this.clock = clock;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    boolean contains(UserDetails user, String password) {
        ByteBuffer digest = digest(user.getUsername(), password);
        synchronized (logins) {
            Verified login = logins.get(digest);
            if (login == null) {
                return false;
            }
            if (login.until().isAfter(clock.instant()) && login.hash().equals(user.getPassword())) {
                return true;
            }
            logins.remove(digest);
            return false;
        }
    }

    void add(UserDetails user, String password) {
        if (remember.isZero()) {
            return;
        }
        ByteBuffer digest = digest(user.getUsername(), password);
        synchronized (logins) {
            logins.put(
                    digest,
                    new Verified(
                            String.valueOf(user.getPassword()), clock.instant().plus(remember)));
        }
    }

    private ByteBuffer digest(String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] letters = name.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(letters.length).flip());
            mac.update(letters);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Verified(String hash, Instant until) {}
}
