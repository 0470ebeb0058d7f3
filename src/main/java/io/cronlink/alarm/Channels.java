package io.cronlink.alarm;

import io.cronlink.startup.CannotStart;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The channels of the configuration. */
@Component
class Channels {

    private final List<Channel> all = new ArrayList<>();

    Channels(AlarmProperties properties, JsonMapper mapper, ObjectProvider<JavaMailSender> mail) {
        properties.webhooks().forEach(webhook -> all.add(new WebhookChannel(webhook, mapper)));
        if (!properties.mail().to().isEmpty()) {
            JavaMailSender sender = mail.getIfAvailable();
            if (sender == null) {
                throw new CannotStart(
                        "alarms are to be sent by mail, and no mail server is named",
                        "Set spring.mail.host, or leave cronlink.alarms.mail.to empty.",
                        null);
            }
            all.add(new MailChannel(properties.mail(), sender));
        }
    }

    List<Channel> all() {
        return all;
    }
}
