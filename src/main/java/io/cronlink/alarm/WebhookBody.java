package io.cronlink.alarm;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/** The body of a webhook: all there is as JSON, or what a template makes of it. What is wrong with one is told at the start. */
final class WebhookBody {

    private static final AlarmMessage SAMPLE = new AlarmMessage(
            new UUID(0, 0),
            1,
            new AlarmMessage.Content(
                    "sample",
                    List.of("failed"),
                    List.of(1L),
                    1,
                    List.of(new AlarmMessage.Item(
                            1,
                            "failed",
                            "error",
                            1L,
                            "a \"name\"",
                            "a role",
                            1L,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            "a \"message\"",
                            null,
                            1L))));

    private final JsonMapper mapper;
    private final @Nullable Template template;

    WebhookBody(@Nullable String template, String contentType, JsonMapper mapper) {
        this.mapper = mapper;
        if (template == null || template.isBlank()) {
            this.template = null;
            return;
        }
        boolean isJson = contentType.contains("json");
        try {
            this.template = Mustache.compiler()
                    .withEscaper(isJson ? WebhookBody::escaped : text -> text)
                    .nullValue("")
                    .compile(template);
            String sample = of(SAMPLE, Instant.EPOCH);
            if (isJson) {
                mapper.readTree(sample);
            }
        } catch (MustacheException wrong) {
            throw new IllegalArgumentException("its template is wrong: " + wrong.getMessage(), wrong);
        } catch (JacksonException wrong) {
            throw new IllegalArgumentException("its template does not make JSON: " + wrong.getOriginalMessage(), wrong);
        }
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    String of(AlarmMessage message, Instant now) {
        return template == null ? mapper.writeValueAsString(message.model(now)) : template.execute(message.model(now));
    }
}
