package io.cronlink.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Key CROWD = new Key("crowd", ANY);

    private final LoginProperties properties;
    private final InstantSource clock;
    private final Map<Key, Window> windows = bounded();
    private final Map<Key, Instant> told = bounded();

    FailedLogins(LoginProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param isKnown whether there is a user of that name
     */
    record Attempt(String name, boolean isKnown, String address) {

        private Key key() {
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
            return (isKnown ? '"' + name.replaceAll("[^\\p{Graph} ]|\"", "?") + '"' : "an unknown user") + " from "
                    + place();
        }

        private String place() {
            return isAddress() ? address : "an unknown address";
        }

        private Key textKey() {
            return isKnown ? key() : addressKey();
        }
    }

    /** @throws RefusedLogin if there were too many failures */
    synchronized void requireFew(Attempt attempt) {
        Instant now = clock.instant();
        Window byName = window(attempt.key(), now);
        Window byAddress = window(attempt.addressKey(), now);
        boolean isFew = byName.count < properties.maxFailures()
                && byAddress.count < properties.maxFailures() * NAMES_OF_AN_ADDRESS;
        if (!isFew) {
            Window full = byName.count < properties.maxFailures() ? byAddress : byName;
            throw new RefusedLogin(
                    HttpStatus.TOO_MANY_REQUESTS, "Too many failed log-ins.", Duration.between(now, full.end));
        }
    }

    /** Counts it as failed before it is tried, or those that are tried at once would not be counted in time. */
    synchronized void begin(Attempt attempt) {
        requireFew(attempt);
        Instant now = clock.instant();
        window(attempt.key(), now).count++;
        window(attempt.addressKey(), now).count++;
    }

    /** Says so in the log, once in each window for the first one and once for the one that was too many. */
    synchronized void fail(Attempt attempt) {
        Instant now = clock.instant();
        if (isNews(attempt.textKey(), now)) {
            LOG.warn("A log-in as {} failed.", attempt.text());
        }
        Window byName = window(attempt.key(), now);
        if (byName.count == properties.maxFailures()) {
            tellOfRefusal(byName, attempt.text(), now);
        }
        Window byAddress = window(attempt.addressKey(), now);
        if (byAddress.count == properties.maxFailures() * NAMES_OF_AN_ADDRESS) {
            tellOfRefusal(byAddress, "any user from " + attempt.place(), now);
        }
    }

    private static void tellOfRefusal(Window window, String whom, Instant now) {
        if (!window.isTold) {
            window.isTold = true;
            LOG.warn(
                    "{} log-ins as {} failed. Further ones are refused for {} s.",
                    window.count,
                    whom,
                    Duration.between(now, window.end).toSeconds());
        }
    }

    synchronized void tellOfCrowd(Attempt attempt) {
        if (isNews(CROWD, clock.instant())) {
            LOG.warn("More log-ins at once than can be checked, the last one as {}.", attempt.text());
        }
    }

    private boolean isNews(Key key, Instant now) {
        Instant until = told.get(key);
        if (until != null && until.isAfter(now)) {
            return false;
        }
        told.put(key, now.plus(properties.window()));
        return true;
    }

    /** It has not failed. */
    synchronized void forgive(Attempt attempt) {
        windows.remove(attempt.key());
        Window byAddress = window(attempt.addressKey(), clock.instant());
        byAddress.count = Math.max(0, byAddress.count - 1);
    }

    private Window window(Key key, Instant now) {
        Window window = windows.get(key);
        if (window == null || !window.end.isAfter(now)) {
            window = new Window(now.plus(properties.window()));
            windows.put(key, window);
        }
        return window;
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

    private static final class Window {

        private final Instant end;
        private int count;
        private boolean isTold;

        Window(Instant end) {
            this.end = end;
        }
    }
}
