package io.cronlink.alarm;

import io.cronlink.alarm.AlarmController.ChannelResult;
import io.cronlink.alarm.AlarmController.TestResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Sends a test through all channels at once, and tells how that went. It is tried once, and not waited for long. */
@Component
class AlarmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Channels channels;
    private final Outbox outbox;

    AlarmTest(Channels channels, Outbox outbox) {
        this.channels = channels;
        this.outbox = outbox;
    }

    TestResult send(String askedBy) {
        AlarmMessage message = outbox.test(askedBy);
        List<CompletableFuture<ChannelResult>> results =
                channels.all().stream().map(channel -> send(channel, message)).toList();
        return new TestResult(
                message.content().alarmids().get(0),
                results.stream().map(CompletableFuture::join).toList());
    }

    private static CompletableFuture<ChannelResult> send(Channel channel, AlarmMessage message) {
        return CompletableFuture.supplyAsync(() -> result(channel, message), AlarmTest::run)
                .completeOnTimeout(
                        new ChannelResult(channel.name(), false, "no answer within " + PATIENCE.toSeconds() + " s"),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
    }

    private static ChannelResult result(Channel channel, AlarmMessage message) {
        try {
            channel.send(message);
            return new ChannelResult(channel.name(), true, null);
        } catch (NotDelivered refusal) {
            return new ChannelResult(channel.name(), false, refusal.reason());
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "alarm-test");
        thread.setDaemon(true);
        thread.start();
    }
}
