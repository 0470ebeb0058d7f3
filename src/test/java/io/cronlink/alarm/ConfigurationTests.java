package io.cronlink.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cronlink.startup.CannotStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with where alarms are to be sent is told at the start, and no secret with it. */
class ConfigurationTests {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static AlarmProperties.Webhook webhook(
            @Nullable String url, @Nullable String secret, @Nullable String template) {
        return new AlarmProperties.Webhook(
                "hook", url, secret, template, "application/json", Map.of(), Duration.ofSeconds(1), 1);
    }

    private static String body(String template, String contentType) {
        AlarmMessage message = new AlarmMessage(
                new UUID(0, 1),
                1,
                new AlarmMessage.Content(
                        "app",
                        List.of("failed"),
                        List.of(5L),
                        1,
                        List.of(new AlarmMessage.Item(
                                5,
                                "failed",
                                "error",
                                7L,
                                null,
                                "r",
                                9L,
                                Instant.EPOCH,
                                null,
                                "say \"no\" <b>",
                                null,
                                null))));
        return new WebhookBody(template, contentType, MAPPER).of(message, Instant.EPOCH);
    }

    @Test
    void templateIsFilledInAsItsContentTypeWants() {
        assertThat(body(
                        "{\"text\": \"{{subject}}{{#alarms}} {{alarmid}}/{{jobname}}{{/alarms}}\"}",
                        "application/json"))
                .isEqualTo("{\"text\": \"say \\\"no\\\" <b> 5/\"}");
        assertThat(body("{{severity}}: {{subject}}", "text/plain")).isEqualTo("error: say \"no\" <b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\": \"{{subjekt}}\"}", "{\"text\": {{subject}}}", "{{#alarms}}"})
    void templateThatCannotBeFilledInIsRefused(String template) {
        assertThatThrownBy(() -> new WebhookChannel(webhook("https://example.com", null, template), MAPPER))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("webhook \"hook\" cannot be used: its template");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/s3cret",
                "ftp://example.com/s3cret",
                "https://exam ple.com/s3cret",
                "https:///s3cret"
            })
    void addressThatIsNoneIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> webhook(url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("url of webhook hook")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void secretThatIsNoneIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> new WebhookChannel(webhook("https://example.com", "whsec_s3cret!", null), MAPPER))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not Base64")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void textOfTheSettingsHasNoSecret() {
        AlarmProperties properties = new AlarmProperties(
                true,
                Duration.ofSeconds(10),
                List.of(webhook("https://example.com/s3cret", "s3cret", null)),
                new AlarmProperties.Mail(List.of(), "c@example.com", 1),
                new AlarmProperties.Heartbeat(
                        "https://example.com/s3cret", Duration.ofSeconds(10), Duration.ofSeconds(1)));

        assertThat(properties.toString()).doesNotContain("s3cret");
    }

    @Test
    void channelsHaveNamesOfTheirOwn() {
        AlarmProperties.Webhook hook = webhook("https://example.com", null, null);

        assertThatThrownBy(() -> new AlarmProperties(
                        true,
                        Duration.ofSeconds(10),
                        List.of(hook, hook),
                        new AlarmProperties.Mail(List.of(), "c@example.com", 1),
                        new AlarmProperties.Heartbeat(null, Duration.ofSeconds(10), Duration.ofSeconds(1))))
                .hasMessage("two channels are called hook");
    }

    @Test
    void mailWithoutAServerIsRefused() {
        AlarmProperties properties = new AlarmProperties(
                true,
                Duration.ofSeconds(10),
                List.of(),
                new AlarmProperties.Mail(List.of("ops@example.com"), "c@example.com", 1),
                new AlarmProperties.Heartbeat(null, Duration.ofSeconds(10), Duration.ofSeconds(1)));

        assertThatThrownBy(() -> new Channels(
                        properties, MAPPER, new DefaultListableBeanFactory().getBeanProvider(JavaMailSender.class)))
                .isInstanceOf(CannotStart.class);
    }

    @Test
    void pausesBetweenAttemptsGrowToAnHour() {
        assertThat(Delivery.pause(1)).isBetween(Duration.ofMillis(3750), Duration.ofSeconds(5));
        assertThat(Delivery.pause(4)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
        assertThat(Delivery.pause(100)).isBetween(Duration.ofMinutes(45), Duration.ofHours(1));
    }
}
