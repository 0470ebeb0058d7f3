package io.cronlink.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Counts failed log-ins, by name and address and by address alone, and refuses further ones for a while. Whoever tries another
 * one's name from elsewhere locks nobody out.
 */
final class FailedLogins {

    private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);

    private static final Pattern IPV4 = Pattern.compile("[0-9.]{7,15}");
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:%\\w+)?");
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int NAME_LENGTH = 100;
    private static final int CAPACITY = 10_000;
    private static final int NAMES_OF_AN_ADDRESS = 10;
    private static final String ANY = "";
    private static final String TOKEN = "token";
    private static final String REFUSED = "refused ";
    private static final Key CROWD = new Key("crowd", ANY);

    private final LoginProperties properties;
    private final InstantSource clock;
    private final TimeMeter time;
    private final Map<Key, Bucket> buckets = bounded();
    private final Map<Key, Instant> told = bounded();

    FailedLogins(LoginProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
        time = new Time(clock);
    }

    /**
     * @param name null: it was tried with a token
     * @param isKnown whether there is a user of that name
     */
    record Attempt(@Nullable String name, boolean isKnown, String address) {

        static Attempt withToken(String address) {
            return new Attempt(null, false, address);
        }

        private Key key() {
            if (name == null) {
                return new Key(TOKEN, network());
            }
            String letters = name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) : name;
            // As user names are compared.
            return new Key("=" + letters.toLowerCase(Locale.ROOT), network());
        }

        private Key addressKey() {
            return new Key(ANY, network());
        }

        /** Who has an IPv6 address has its whole network. */
        String network() {
            Matcher ipv6 = IPV6.matcher(address);
            if (!ipv6.matches()) {
                return isAddress() ? address : ANY;
            }
            try {
                byte[] octets = InetAddress.getByName(ipv6.group(1)).getAddress();
                return HexFormat.of().formatHex(Arrays.copyOf(octets, IPV6_NETWORK_BYTES));
            } catch (UnknownHostException malformed) {
                return ANY;
            }
        }

        private boolean isAddress() {
            return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
        }

        /** For the log: people type passwords where names belong, and strangers type whatever they would like to read there. */
        private String text() {
            if (name == null) {
                return "with a token from " + place();
            }
            return "as " + (isKnown ? '"' + name.replaceAll("[^\\p{Graph} ]|\"", "?") + '"' : "an unknown user")
                    + " from " + place();
        }

        private String place() {
            return isAddress() ? address : "an unknown address";
        }

        private Key textKey() {
            return isKnown || name == null ? key() : addressKey();
        }
    }

    /** @throws RefusedLogin if there were too many failures */
    synchronized void requireFew(Attempt attempt) {
        Duration wait = wait(ofName(attempt));
        if (wait.isZero()) {
            wait = wait(ofAddress(attempt));
        }
        if (!wait.isZero()) {
            throw new RefusedLogin(HttpStatus.TOO_MANY_REQUESTS, "Too many failed log-ins.", wait);
        }
    }

    /** Counts it as failed before it is tried, or those that are tried at once would not be counted in time. */
    synchronized void begin(Attempt attempt) {
        requireFew(attempt);
        ofName(attempt).tryConsume(1);
        ofAddress(attempt).tryConsume(1);
    }

    /** Says so in the log, once in each window for the first one and once for the one that was too many. */
    synchronized void fail(Attempt attempt) {
        Instant now = clock.instant();
        if (isNews(attempt.textKey(), properties.window(), now)) {
            LOG.warn("A log-in {} failed.", attempt.text());
        }
        tellOfRefusal(attempt.key(), properties.maxFailures(), attempt.text(), ofName(attempt), now);
        tellOfRefusal(
                attempt.addressKey(),
                properties.maxFailures() * NAMES_OF_AN_ADDRESS,
                "as any user from " + attempt.place(),
                ofAddress(attempt),
                now);
    }

    private void tellOfRefusal(Key key, int count, String what, Bucket bucket, Instant now) {
        Duration wait = wait(bucket);
        if (!wait.isZero() && isNews(new Key(REFUSED + key.name, key.network), wait, now)) {
            LOG.warn("{} log-ins {} failed. Further ones are refused for {} s.", count, what, wait.toSeconds());
        }
    }

    synchronized void tellOfCrowd(Attempt attempt) {
        if (isNews(CROWD, properties.window(), clock.instant())) {
            LOG.warn("More log-ins at once than can be checked, the last one {}.", attempt.text());
        }
    }

    private boolean isNews(Key key, Duration lasting, Instant now) {
        Instant until = told.get(key);
        if (until != null && until.isAfter(now)) {
            return false;
        }
        told.put(key, now.plus(lasting));
        return true;
    }

    /** It has not failed. */
    synchronized void forgive(Attempt attempt) {
        buckets.remove(attempt.key());
        ofAddress(attempt).addTokens(1);
    }

    private Bucket ofName(Attempt attempt) {
        return bucket(attempt.key(), properties.maxFailures());
    }

    private Bucket ofAddress(Attempt attempt) {
        return bucket(attempt.addressKey(), properties.maxFailures() * NAMES_OF_AN_ADDRESS);
    }

    /** One that is full again is made anew: a window begins with its first failure. */
    private Bucket bucket(Key key, int capacity) {
        Bucket bucket = buckets.get(key);
        if (bucket == null || bucket.getAvailableTokens() == capacity) {
            bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(capacity).refillIntervally(capacity, properties.window()))
                    .withCustomTimePrecision(time)
                    .build();
            buckets.put(key, bucket);
        }
        return bucket;
    }

    private static Duration wait(Bucket bucket) {
        return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    private static <T> Map<Key, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, T> eldest) {
                return size() > CAPACITY;
            }
        };
    }

    private record Key(String name, String network) {}

    private record Time(InstantSource clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
