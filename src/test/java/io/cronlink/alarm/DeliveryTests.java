package io.cronlink.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDaemon;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the database to receivers on this machine: each event once, in few messages, by whichever service is there. */
@CronlinkDatabase
class DeliveryTests {

    private static final OffsetDateTime NOON = OffsetDateTime.of(2031, 5, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final String SECRET = "whsec_bm90IHRvIGJlIHRvbGQ=";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    private final TestDatabase database;
    private final TestJobs jobs;
    private final Receiver receiver = new Receiver();
    private final List<AlarmService> services = new ArrayList<>();

    DeliveryTests(TestDatabase database) {
        this.database = database;
        this.jobs = new TestJobs(database);
    }

    @BeforeEach
    void groupNothing() {
        execute("UPDATE cron.alarm_settings SET group_window = '0', no_leader_after = NULL, tick_older_than = NULL");
    }

    @AfterEach
    void clear() {
        services.forEach(AlarmService::stop);
        database.stopDaemons();
        receiver.close();
        jobs.clear();
        for (String table : List.of(
                "cron.alarm",
                "cron_engine.alarm_delivery",
                "cron_engine.alarm_message",
                "cron_engine.alarm_channel",
                "cron_engine.heartbeat")) {
            execute("DELETE FROM " + table);
        }
        execute(
                "UPDATE cron.alarm_settings SET messages_per_hour = 60, quiet_from = NULL, quiet_until = NULL, quiet_timezone = NULL");
    }

    private void execute(String sql) {
        database.owner().sql(sql).update();
    }

    private Outbox outbox() {
        return new Outbox(database.owner(), transactions(), MAPPER);
    }

    private TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(database.dataSource(database.ownerName())));
    }

    private AlarmProperties.Webhook webhook(String name, String url, Duration timeout, int attempts) {
        return new AlarmProperties.Webhook(name, url, SECRET, null, "application/json", Map.of(), timeout, attempts);
    }

    private Delivery delivery(int attempts) {
        outbox().register(List.of("hook"));
        return new Delivery(
                new WebhookChannel(webhook("hook", receiver.url(), Duration.ofMillis(500), attempts), MAPPER),
                outbox());
    }

    private AlarmService service(List<AlarmProperties.Webhook> webhooks, List<String> to, @Nullable String heartbeat) {
        AlarmProperties properties = new AlarmProperties(
                true,
                Duration.ofSeconds(1),
                webhooks,
                new AlarmProperties.Mail(to, "cronlink@example.com", 3),
                new AlarmProperties.Heartbeat(heartbeat, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(MAIL.getSmtp().getPort());
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("sender", sender);
        JdbcClient client = database.owner();
        AlarmService service = new AlarmService(
                properties,
                new Channels(properties, MAPPER, beans.getBeanProvider(JavaMailSender.class)),
                new AlarmWatch(client, transactions()),
                outbox());
        services.add(service);
        service.start();
        return service;
    }

    private void raise(String kind, String severity, long jobid, OffsetDateTime at) {
        database.owner().sql("""
                        INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, raised_at, message)
                        VALUES (?, ?, ?, 'x', CURRENT_USER, ?, concat('Job ', ?::bigint, ' has ', ?::text))
                        """).params(kind, severity, jobid, at, jobid, kind).update();
    }

    private void raise(long jobid) {
        raise("failed", "error", jobid, jobs.now().minusSeconds(1));
    }

    private void end(long jobid, OffsetDateTime at) {
        database.owner()
                .sql(
                        "SELECT cron_engine.end_alarms(ARRAY(SELECT alarmid FROM cron.alarm WHERE jobid = ? AND ended_at IS NULL), true, ?)")
                .params(jobid, at)
                .query()
                .listOfRows();
    }

    /** What the channel is given at this time: kinds and count, empty if nothing. */
    private String taken(OffsetDateTime now) {
        return database.owner().sql("""
                        SELECT coalesce((SELECT concat(content ->> 'count', ' ', content ->> 'kinds') FROM cron_engine.take_message('hook', '1 year', ?)), '')
                        """).param(now).query(String.class).single();
    }

    private List<String> kinds() {
        return receiver.requests().stream()
                .map(request -> MAPPER.readTree(request.body()).path("type").asString())
                .toList();
    }

    @Test
    void failingJobAlarmsOnceAndItsRecoveryOnceWithTheLeaderKilledInBetween() {
        execute("CREATE SCHEMA IF NOT EXISTS test");
        execute("CREATE TABLE IF NOT EXISTS test.broken (is_broken boolean)");
        execute("INSERT INTO test.broken VALUES (true)");
        List<AlarmProperties.Webhook> webhooks = List.of(webhook("hook", receiver.url(), Duration.ofSeconds(5), 5));
        service(webhooks, List.of(), null);
        service(webhooks, List.of(), null);
        await().until(() ->
                jobs.value("SELECT count(*) FROM cron_engine.alarm_channel").equals("1"));
        TestDaemon leader = database.startDaemon();
        long jobid =
                jobs.create("DO 'BEGIN IF EXISTS (SELECT FROM test.broken) THEN RAISE division_by_zero; END IF; END'");
        jobs.ended(jobs.start(jobid));
        await().until(() -> receiver.requests().size() == 1);

        jobs.terminate(leader.pid());
        try (TestDaemon next = database.startDaemon()) {
            jobs.ended(jobs.start(jobid));
            execute("DELETE FROM test.broken");
            jobs.ended(jobs.start(jobid));
            jobs.ended(jobs.start(jobid));
            await().until(() -> receiver.requests().size() >= 2);
            await().until(() ->
                    jobs.value("SELECT count(*) FROM cron_engine.ended_run").equals("0"));
            assertThat(next.isRunning()).isTrue();
        }

        await().until(() -> jobs.value("SELECT count(*) FROM cron_engine.alarm_message WHERE ended_at IS NULL")
                .equals("0"));
        assertThat(kinds()).containsExactly("alarm.failed", "alarm.recovered");
        assertThat(jobs.value("SELECT string_agg(kind, ' ' ORDER BY alarmid) FROM cron.alarm"))
                .isEqualTo("failed recovered");
    }

    @Test
    void messageIsSignedAndSaysAllThereIs() {
        Delivery delivery = delivery(3);
        raise(7);

        assertThat(delivery.next()).isTrue();
        assertThat(delivery.next()).isFalse();

        Receiver.Request request = receiver.requests().get(0);
        Instant sent = Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp")));
        assertThat(request.header("webhook-signature"))
                .isEqualTo(new WebhookSignature(SECRET)
                        .sign(request.header("webhook-id"), sent, request.body())
                        .get("webhook-signature"));
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        JsonNode body = MAPPER.readTree(request.body());
        assertThat(body.path("id").asString()).isEqualTo(request.header("webhook-id"));
        assertThat(body.path("subject").asString()).isEqualTo("Job 7 has failed");
        assertThat(body.path("database").asString()).isEqualTo(database.name());
        assertThat(body.path("alarms").path(0).path("alarmid"))
                .isEqualTo(body.path("alarmids").path(0));
        assertThat(jobs.value("SELECT deliveries -> 0 ->> 'messageid' FROM cron.alarm_details"))
                .isEqualTo(request.header("webhook-id"));
    }

    /** Of https://github.com/standard-webhooks: what others compute of the same. */
    @Test
    void signatureIsThatOfStandardWebhooks() {
        assertThat(new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                Instant.ofEpochSecond(1614265330),
                                "{\"test\": 2432232314}"))
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 302, 404, Receiver.NEVER})
    void messageThatIsNotTakenIsSentAgainUnderTheSameId(int status) {
        Delivery delivery = delivery(3);
        raise(7);
        receiver.answer(status);
        assertThat(delivery.next()).isTrue();
        assertThat(delivery.next()).as("not at once").isFalse();
        assertThat(delivery.failure()).isNotNull();
        String error = jobs.value("SELECT error FROM cron_engine.alarm_message");
        assertThat(error).isNotEmpty().doesNotContain("s3cret", "hook?", "127.0.0.1");

        receiver.answer(200);
        execute("UPDATE cron_engine.alarm_message SET retry_at = clock_timestamp()");
        assertThat(delivery.next()).isTrue();

        assertThat(delivery.failure()).isNull();
        assertThat(receiver.requests())
                .hasSize(2)
                .extracting(Receiver.Request::path)
                .allMatch(path -> path.startsWith("/hook"));
        assertThat(receiver.requests().get(0).header("webhook-id"))
                .isEqualTo(receiver.requests().get(1).header("webhook-id"));
        assertThat(
                        jobs.value(
                                "SELECT concat_ws(' ', attempts, delivered_at IS NOT NULL, error IS NULL) FROM cron_engine.alarm_message"))
                .isEqualTo("2 t t");
    }

    @Test
    void answerWithoutEndIsNotWaitedFor() {
        Delivery delivery = delivery(3);
        raise(7);
        receiver.answer(Receiver.ENDLESS);
        long begin = System.nanoTime();

        assertThat(delivery.next()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(jobs.value("SELECT delivered_at IS NOT NULL FROM cron_engine.alarm_message"))
                .isEqualTo("true");
    }

    @Test
    void messageIsGivenUpAfterItsLastAttempt() {
        Delivery delivery = delivery(1);
        raise(7);
        receiver.answer(503);
        assertThat(delivery.next()).isTrue();
        assertThat(delivery.next()).isFalse();

        assertThat(
                        jobs.value(
                                "SELECT concat_ws(' ', deliveries -> 0 ->> 'attempts', deliveries -> 0 ->> 'error', deliveries -> 0 ->> 'givenUpAt' <> '') FROM cron.alarm_details"))
                .isEqualTo("1 the answer was HTTP 503 t");
    }

    @Test
    void messageWhoseSenderIsGoneIsTakenByAnother() {
        delivery(3);
        raise("failed", "error", 7, NOON);
        String take = "SELECT messageid || ' ' || attempt FROM cron_engine.take_message('hook', '1 min', ?)";
        String first = database.owner()
                .sql(take)
                .param(NOON.plusSeconds(1))
                .query(String.class)
                .single();
        assertThat(database.owner()
                        .sql(take)
                        .param(NOON.plusSeconds(50))
                        .query(String.class)
                        .optional())
                .isEmpty();
        String second = database.owner()
                .sql(take)
                .param(NOON.plusSeconds(62))
                .query(String.class)
                .single();

        assertThat(first).endsWith(" 1");
        assertThat(second).isEqualTo(first.replace(" 1", " 2"));
        String end = "SELECT cron_engine.end_message(?::uuid, ?, ?, NULL, ?)";
        UUID message = UUID.fromString(first.substring(0, 36));
        assertThat(database.owner()
                        .sql(end)
                        .params(message, 1, "late", NOON)
                        .query(Boolean.class)
                        .single())
                .as("the failure of who came too late says nothing")
                .isFalse();
        assertThat(database.owner()
                        .sql(end.replaceFirst("\\?, NULL", "NULL, NULL"))
                        .params(message, 1, NOON)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void alarmsOfAKindWithinTheWindowAreOneMessage() {
        delivery(3);
        execute("UPDATE cron.alarm_settings SET group_window = '30 s'");
        for (int job = 1; job <= 37; job++) {
            raise("failed", "error", job, NOON.plusSeconds(job % 20));
        }
        raise("late", "warning", 1, NOON.plusSeconds(20));
        end(5, NOON.plusSeconds(25));

        assertThat(taken(NOON.plusSeconds(29))).isEmpty();
        assertThat(taken(NOON.plusSeconds(31))).isEqualTo("37 [\"failed\"]");
        assertThat(taken(NOON.plusSeconds(32))).isEmpty();
        assertThat(taken(NOON.plusSeconds(51))).isEqualTo("1 [\"late\"]");
        assertThat(taken(NOON.plusSeconds(90))).as("its end was told along").isEmpty();
    }

    @Test
    void whatIsMoreThanTheLimitWaitsAndIsSummedUp() {
        delivery(3);
        execute("UPDATE cron.alarm_settings SET messages_per_hour = 2");
        raise("failed", "error", 1, NOON);
        assertThat(taken(NOON.plusSeconds(1))).isEqualTo("1 [\"failed\"]");
        raise("failed", "error", 2, NOON.plusMinutes(1));
        assertThat(taken(NOON.plusMinutes(2))).isEqualTo("1 [\"failed\"]");
        raise("failed", "error", 3, NOON.plusMinutes(3));
        raise("late", "warning", 3, NOON.plusMinutes(4));
        assertThat(taken(NOON.plusMinutes(59))).isEmpty();

        assertThat(taken(NOON.plusMinutes(61))).isEqualTo("2 [\"failed\", \"late\"]");
    }

    @Test
    void quietHoursHoldBackWhatIsNotCritical() {
        delivery(3);
        execute(
                "UPDATE cron.alarm_settings SET quiet_from = '22:00', quiet_until = '07:00', quiet_timezone = 'Asia/Tokyo'");
        OffsetDateTime night = NOON.withHour(14);
        raise("failed", "error", 1, night);
        raise("late", "warning", 2, night);
        raise("failed", "critical", 3, night);
        end(1, night.plusHours(1));

        assertThat(taken(night.plusMinutes(1))).isEqualTo("1 [\"failed\"]");
        assertThat(taken(night.plusHours(7).plusMinutes(59))).isEmpty();
        assertThat(taken(night.plusHours(8))).isEqualTo("2 [\"failed\", \"late\"]");
        assertThat(jobs.value("SELECT count(*) FROM cron_engine.alarm_delivery WHERE messageid IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void channelThatHangsDelaysNoOther() throws Exception {
        try (Receiver hanging = new Receiver()) {
            hanging.answer(Receiver.NEVER);
            service(
                    List.of(
                            webhook("hanging", hanging.url(), Duration.ofSeconds(30), 3),
                            webhook("hook", receiver.url(), Duration.ofSeconds(5), 3)),
                    List.of("ops@example.com"),
                    null);
            await().until(() ->
                    jobs.value("SELECT count(*) FROM cron_engine.alarm_channel").equals("3"));
            long jobid = jobs.create("SELECT 1");
            raise(jobid);
            await().until(() ->
                    hanging.requests().size() == 1 && receiver.requests().size() == 1);

            assertThat(MAIL.waitForIncomingEmail(10_000, 1)).isTrue();
            MimeMessage mail = MAIL.getReceivedMessages()[0];
            assertThat(mail.getSubject()).endsWith("] Job " + jobid + " has failed");
            assertThat(mail.getFrom()[0]).hasToString("cronlink@example.com");
            assertThat(GreenMailUtil.getBody(mail)).contains("Job " + jobid + " has failed", "error, ", "alarm ");
            assertThat(mail.getMessageID())
                    .isEqualTo(
                            "<" + jobs.value("SELECT messageid FROM cron_engine.alarm_message WHERE channel = 'mail'")
                                    + "@cronlink>");
        }
    }

    @Test
    void nameOfAJobAddsNoHeaderToAMail() throws Exception {
        AlarmMessage message = new AlarmMessage(
                UUID.randomUUID(),
                1,
                new AlarmMessage.Content(
                        "db\r\nBcc: all@example.com",
                        List.of("failed"),
                        List.of(1L),
                        1,
                        List.of(new AlarmMessage.Item(
                                1,
                                "failed",
                                "error",
                                1L,
                                "x",
                                "r",
                                1L,
                                Instant.EPOCH,
                                null,
                                "Job 1 \"a\r\nBcc: all@example.com\r\n\r\nbody\" failed",
                                null,
                                null))));
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(MAIL.getSmtp().getPort());
        new MailChannel(new AlarmProperties.Mail(List.of("ops@example.com"), "c@example.com", 3), sender).send(message);

        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getRecipients(Message.RecipientType.BCC)).isNull();
        assertThat(mail.getSubject()).contains("Job 1 \"a Bcc: all@example.com body\" failed");

        sender.setPort(1);
        assertThatThrownBy(() -> new MailChannel(
                                new AlarmProperties.Mail(List.of("ops@example.com"), "c@example.com", 3), sender)
                        .send(message))
                .isInstanceOf(NotDelivered.class)
                .hasMessageStartingWith("not taken by the mail server: ");
    }

    @Test
    void heartbeatIsCalledByOneServiceWhileSomebodyLeads() {
        service(List.of(), List.of(), receiver.url());
        service(List.of(), List.of(), receiver.url());
        assertThat(receiver.requests()).isEmpty();
        database.startDaemon();
        await().until(() -> receiver.requests().size() >= 3);

        assertThat(receiver.requests()).allMatch(request -> request.method().equals("GET"));
        // A second each: two services do not make two calls of it.
        long begin = System.nanoTime();
        int before = receiver.requests().size();
        await().until(() -> receiver.requests().size() >= before + 3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1900));

        database.stopDaemons();
        await().until(() -> jobs.value("SELECT cron_engine.leader_pid()").isEmpty());
        assertThat(outbox().takeHeartbeat(Duration.ofMillis(1), Duration.ofSeconds(10)))
                .isFalse();
    }

    @Test
    void heartbeatThatCouldNotBeCalledIsTriedAgain() {
        database.startDaemon();
        await().until(() -> !jobs.value("SELECT cron_engine.leader_pid()").isEmpty());
        receiver.answer(500);
        Heartbeat heartbeat = new Heartbeat(
                new AlarmProperties.Heartbeat(receiver.url(), Duration.ofHours(1), Duration.ofSeconds(1)),
                java.net.URI.create(receiver.url()),
                outbox());
        assertThat(heartbeat.beat()).isTrue();
        assertThat(heartbeat.failure()).isEqualTo("the answer was HTTP 500");
        receiver.answer(200);
        assertThat(heartbeat.beat()).isTrue();
        assertThat(heartbeat.failure()).isNull();
        assertThat(heartbeat.beat()).as("within the hour").isFalse();
    }

    @Test
    void channelThatNobodyHasAnyMoreGetsNothing() {
        String register = "SELECT cron_engine.register_channels(ARRAY[?], ?)";
        database.owner().sql(register).params("old", NOON).query().listOfRows();
        database.owner()
                .sql(register)
                .params("hook", NOON.plusHours(20))
                .query()
                .listOfRows();
        raise("failed", "error", 1, NOON);
        database.owner()
                .sql(register)
                .params("hook", NOON.plusHours(25))
                .query()
                .listOfRows();

        assertThat(jobs.value("SELECT string_agg(channel, ' ') FROM cron_engine.alarm_delivery"))
                .isEqualTo("hook");
        assertThat(jobs.value("SELECT string_agg(name, ' ') FROM cron_engine.alarm_channel"))
                .isEqualTo("hook");
    }

    @Test
    void alarmsThatAreOldAndSentAreRemoved() {
        delivery(3);
        raise("failed", "error", 1, NOON);
        raise("failed", "error", 2, NOON);
        end(1, NOON.plusMinutes(1));
        String purge = "SELECT cron_engine.purge_alarms(?)";
        assertThat(database.owner()
                        .sql(purge)
                        .param(NOON.plusDays(91))
                        .query(Integer.class)
                        .single())
                .as("it is still to be sent")
                .isZero();
        assertThat(taken(NOON.plusMinutes(2))).isNotEmpty();
        execute("UPDATE cron_engine.alarm_message SET ended_at = created_at");
        assertThat(database.owner()
                        .sql(purge)
                        .param(NOON.plusDays(89))
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(database.owner()
                        .sql(purge)
                        .param(NOON.plusDays(91))
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);

        assertThat(jobs.value("SELECT string_agg(jobid::text, ' ') FROM cron.alarm"))
                .as("it goes on")
                .isEqualTo("2");
    }

    @Test
    void driftOfTheServersClockIsToldFromTheTimeAQuestionTakes() {
        long second = Duration.ofSeconds(1).toNanos();
        AlarmWatch.Look before = new AlarmWatch.Look(0, NOON, second);

        assertThat(new AlarmWatch.Look(10 * second, NOON.plusSeconds(10), 11 * second).driftSince(before))
                .isZero();
        assertThat(new AlarmWatch.Look(10 * second, NOON.plusSeconds(71), 11 * second).driftSince(before))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(new AlarmWatch.Look(10 * second, NOON.minusSeconds(51), 11 * second).driftSince(before))
                .isEqualTo(Duration.ofSeconds(-60));
    }
}
