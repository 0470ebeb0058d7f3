package io.cronlink.alarm;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Plain text by mail. */
final class MailChannel implements Channel {

    static final String NAME = "mail";

    private static final int LONGEST_REASON = 200;

    private final AlarmProperties.Mail mail;
    private final JavaMailSender sender;

    MailChannel(AlarmProperties.Mail mail, JavaMailSender sender) {
        this.mail = mail;
        this.sender = sender;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int attempts() {
        return mail.attempts();
    }

    /** An exchange of several steps, each of which waits for as long as spring.mail.properties say. */
    @Override
    public Duration lease() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void send(AlarmMessage message) throws NotDelivered {
        try {
            sender.send(mime(message));
        } catch (MailAuthenticationException failure) {
            throw new NotDelivered("the mail server refused the log-in", failure);
        } catch (MailException | MessagingException failure) {
            throw new NotDelivered(reason(failure), failure);
        }
    }

    private MimeMessage mime(AlarmMessage message) throws MessagingException {
        MimeMessage mime = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mime, StandardCharsets.UTF_8.name());
        helper.setFrom(mail.from());
        helper.setTo(mail.to().toArray(String[]::new));
        helper.setSubject("[Cronlink " + AlarmMessage.oneLine(message.content().database()) + "] " + message.subject());
        helper.setText(message.text() + "\n");
        // The same at each attempt: who has had it once may see that.
        mime.setHeader("Message-ID", "<" + message.messageid() + "@cronlink>");
        mime.setHeader("Auto-Submitted", "auto-generated");
        return mime;
    }

    /** The server's own words, where there are some. */
    private static String reason(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof org.springframework.mail.MailSendException several
                && several.getMessageExceptions().length > 0) {
            root = several.getMessageExceptions()[0];
        }
        String reason = AlarmMessage.oneLine(String.valueOf(root.getMessage()));
        return "not taken by the mail server: "
                + (reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
    }
}
