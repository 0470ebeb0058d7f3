package io.cronlink.alarm;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where alarms are sent. What is alarmed on is in the database: cron.alarm_settings and cron.job_alarms.
 *
 * @param enabled whether this service looks for what is to be alarmed on, and sends alarms
 * @param interval how often it looks
 * @param webhooks addresses that are sent a POST
 * @param mail who is sent mail
 * @param heartbeat an address that is called while all is well
 */
@Validated
@ConfigurationProperties("cronlink.alarms")
record AlarmProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration interval,
        @DefaultValue List<@Valid Webhook> webhooks,
        @DefaultValue @Valid Mail mail,
        @DefaultValue Heartbeat heartbeat) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    AlarmProperties {
        requireBetween(interval, Duration.ofSeconds(1), Duration.ofMinutes(1), "interval");
        Set<String> names = new HashSet<>(Set.of(MailChannel.NAME));
        for (Webhook webhook : webhooks) {
            if (!names.add(webhook.name())) {
                throw new IllegalArgumentException("two channels are called " + webhook.name());
            }
        }
    }

    /**
     * @param name what it is called in the log, in health and beside each alarm; another one for each
     * @param url where to: http or https
     * @param secret signs each message as Standard Webhooks say; whsec_ and Base64, or any text
     * @param template the body, as a Mustache template; the default is JSON with all there is
     * @param contentType of the body
     * @param headers further ones
     * @param timeout how long to wait for a connection, and for the answer
     * @param attempts how often a message is tried in all
     */
    record Webhook(
            @DefaultValue("webhook") @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}")
            String name,

            @Nullable String url,
            @Nullable String secret,
            @Nullable String template,
            @DefaultValue("application/json") String contentType,
            @DefaultValue Map<String, String> headers,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("12") @Min(1) @Max(100) int attempts) {

        Webhook {
            AlarmProperties.address(url, "url of webhook " + name);
            requireBetween(timeout, SHORTEST, LONGEST, "timeout");
        }

        URI address() {
            return AlarmProperties.address(url, "url of webhook " + name);
        }

        /** An address may hold a token, a header too. */
        @Override
        public String toString() {
            return "Webhook[name=" + name + "]";
        }
    }

    /**
     * @param to the recipients; none: no mail is sent
     * @param from the sender
     * @param attempts how often a message is tried in all
     */
    record Mail(
            @DefaultValue List<String> to,
            @DefaultValue("cronlink@localhost") String from,
            @DefaultValue("12") @Min(1) @Max(100) int attempts) {}

    /**
     * @param url what to GET: http or https; not set: nothing is called
     * @param interval how often, by all services together
     * @param timeout how long to wait for a connection, and for the answer
     */
    record Heartbeat(
            @Nullable String url,
            @DefaultValue("60s") Duration interval,
            @DefaultValue("10s") Duration timeout) {

        Heartbeat {
            if (url != null && !url.isBlank()) {
                AlarmProperties.address(url, "heartbeat.url");
            }
            requireBetween(interval, Duration.ofSeconds(1), Duration.ofDays(1), "heartbeat.interval");
            requireBetween(timeout, SHORTEST, LONGEST, "heartbeat.timeout");
        }

        @Nullable
        URI address() {
            return url == null || url.isBlank() ? null : AlarmProperties.address(url, "heartbeat.url");
        }

        @Override
        public String toString() {
            return "Heartbeat[interval=" + interval + "]";
        }
    }

    /** Whatever is wrong with it, it is not repeated: a URL may hold a password. */
    private static URI address(@Nullable String url, String what) {
        try {
            URI address = new URI(url == null ? "" : url.strip());
            String scheme = String.valueOf(address.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException wrong) {
            // Its message shows the URL.
            throw new IllegalArgumentException("cronlink.alarms: " + what + " is no URL");
        }
        throw new IllegalArgumentException("cronlink.alarms: " + what + " must be an http or https URL");
    }

    private static void requireBetween(Duration value, Duration least, Duration most, String what) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("cronlink.alarms: " + what + " must be from " + least + " to " + most);
        }
    }
}
