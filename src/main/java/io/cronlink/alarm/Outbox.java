package io.cronlink.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Alarms on their way out: cron_engine.alarm_delivery and alarm_message. No transaction lasts while a message is sent. */
@Repository
class Outbox {

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final JsonMapper mapper;

    Outbox(JdbcClient database, TransactionOperations transactions, JsonMapper mapper) {
        this.database = database;
        this.transactions = transactions;
        this.mapper = mapper;
    }

    /** Written also where the server takes no writes unless asked to, as when its disk is nearly full: somebody is to know. */
    private <T> T writing(Supplier<T> work) {
        return transactions.execute(transaction -> {
            database.sql("SET TRANSACTION READ WRITE").update();
            return work.get();
        });
    }

    /** Not on a standby, nor in a copy. */
    boolean isHere() {
        return database.sql("SELECT cron_engine.may_watch()")
                .query(Boolean.class)
                .single();
    }

    void register(List<String> channels) {
        writing(() -> database.sql("SELECT cron_engine.register_channels(:channels, clock_timestamp())")
                .param("channels", channels.toArray(String[]::new))
                .query()
                .listOfRows());
    }

    Optional<AlarmMessage> take(String channel, Duration lease) {
        return writing(() -> database.sql("""
                        SELECT messageid, attempt, content
                        FROM cron_engine.take_message(:channel, make_interval(secs => :lease), clock_timestamp())
                        """)
                .param("channel", channel)
                .param("lease", lease.toMillis() / 1000.0)
                .query((row, number) -> message(row))
                .optional());
    }

    private AlarmMessage message(ResultSet row) throws SQLException {
        return new AlarmMessage(
                row.getObject("messageid", UUID.class), row.getInt("attempt"), content(row.getString("content")));
    }

    private AlarmMessage.Content content(String json) {
        return mapper.readValue(json, AlarmMessage.Content.class);
    }

    void delivered(AlarmMessage message) {
        end(message, null, null);
    }

    /** Never again if {@code retryAfter} is null. */
    void failed(AlarmMessage message, String error, @Nullable Duration retryAfter) {
        end(message, error, retryAfter);
    }

    private void end(AlarmMessage message, @Nullable String error, @Nullable Duration retryAfter) {
        writing(() -> database.sql("""
                        SELECT cron_engine.end_message(:messageid, :attempt, CAST(:error AS text),
                            make_interval(secs => CAST(:retryAfter AS float8)), clock_timestamp())
                        """)
                .param("messageid", message.messageid())
                .param("attempt", message.attempt())
                .param("error", error)
                .param("retryAfter", retryAfter == null ? null : retryAfter.toMillis() / 1000.0)
                .query(Boolean.class)
                .single());
    }

    /** A message about an alarm that is only a test. */
    AlarmMessage test(String askedBy) {
        String content =
                writing(() -> database.sql("SELECT CAST(cron_engine.raise_test(:askedBy, clock_timestamp()) AS text)")
                        .param("askedBy", askedBy)
                        .query(String.class)
                        .single());
        return new AlarmMessage(UUID.randomUUID(), 1, content(content));
    }

    boolean takeHeartbeat(Duration every, Duration fresh) {
        return writing(() -> database.sql("""
                        SELECT cron_engine.may_watch() AND cron_engine.take_heartbeat(
                            make_interval(secs => :every), make_interval(secs => :fresh), clock_timestamp())
                        """)
                .param("every", every.toMillis() / 1000.0)
                .param("fresh", fresh.toMillis() / 1000.0)
                .query(Boolean.class)
                .single());
    }

    void releaseHeartbeat() {
        writing(() ->
                database.sql("SELECT cron_engine.release_heartbeat()").query().listOfRows());
    }
}
