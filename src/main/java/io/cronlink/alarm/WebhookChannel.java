package io.cronlink.alarm;

import io.cronlink.startup.CannotStart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** A POST to an address, signed as Standard Webhooks say. */
final class WebhookChannel implements Channel {

    private final AlarmProperties.Webhook webhook;
    private final URI address;
    private final HttpCalls calls;
    private final HttpHeaders headers = new HttpHeaders();
    private final WebhookBody body;
    private final WebhookSignature signature;

    WebhookChannel(AlarmProperties.Webhook webhook, JsonMapper mapper) {
        this.webhook = webhook;
        this.address = webhook.address();
        this.calls = new HttpCalls(webhook.timeout());
        try {
            this.signature = new WebhookSignature(webhook.secret());
            this.body = new WebhookBody(webhook.template(), webhook.contentType(), mapper);
            webhook.headers().forEach(headers::add);
            headers.setContentType(MediaType.parseMediaType(webhook.contentType()));
        } catch (RuntimeException wrong) {
            throw new CannotStart(
                    "webhook \"" + webhook.name() + "\" cannot be used: " + wrong.getMessage(),
                    "Check cronlink.alarms.webhooks.",
                    wrong);
        }
    }

    @Override
    public String name() {
        return webhook.name();
    }

    @Override
    public int attempts() {
        return webhook.attempts();
    }

    @Override
    public Duration lease() {
        return webhook.timeout().multipliedBy(3).plusSeconds(30);
    }

    @Override
    public void send(AlarmMessage message) throws NotDelivered {
        Instant now = Instant.now();
        String text = body.of(message, now);
        HttpHeaders all = new HttpHeaders();
        all.addAll(headers);
        signature.sign(message.messageid().toString(), now, text).forEach(all::set);
        calls.call(HttpMethod.POST, address, all, text.getBytes(StandardCharsets.UTF_8));
    }
}
