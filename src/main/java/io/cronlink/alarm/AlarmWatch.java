package io.cronlink.alarm;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks for what is to be alarmed on and depends on time. Each service does: nobody else would notice that none leads. What the
 * database holds to be raised already is not raised again.
 */
@Component
class AlarmWatch {

    /** Each by itself: what one cannot do keeps no other from its work. */
    private static final List<String> STEPS =
            List.of("watch_starts", "watch_durations", "watch_successes", "end_job_alarms", "purge_alarms");

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private @Nullable Look last;

    AlarmWatch(JdbcClient database, TransactionOperations transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    void look() {
        Duration drift = drift(observe());
        RuntimeException first = null;
        for (String step : STEPS) {
            first = attempt("SELECT cron_engine." + step + "(clock_timestamp())", Duration.ZERO, first);
        }
        first = attempt(
                "SELECT cron_engine.watch_scheduler(make_interval(secs => :drift), clock_timestamp())", drift, first);
        if (first != null) {
            throw first;
        }
    }

    private @Nullable RuntimeException attempt(String sql, Duration drift, @Nullable RuntimeException first) {
        try {
            transactions.executeWithoutResult(transaction -> {
                database.sql("SET TRANSACTION READ WRITE").update();
                database.sql(sql)
                        .param("drift", drift.toMillis() / 1000.0)
                        .query()
                        .listOfRows();
            });
            return first;
        } catch (RuntimeException failure) {
            return first == null ? failure : first;
        }
    }

    private Look observe() {
        long before = System.nanoTime();
        OffsetDateTime time = database.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single();
        return new Look(before, time, System.nanoTime());
    }

    /** By how much the server's clock has gone ahead of one that cannot be set, beyond what the questions took. */
    private Duration drift(Look look) {
        Look before = last;
        last = look;
        return before == null ? Duration.ZERO : look.driftSince(before);
    }

    /**
     * @param asked when the server was asked for its time, by this machine's own clock
     * @param answered likewise
     */
    record Look(long asked, OffsetDateTime time, long answered) {

        Duration driftSince(Look before) {
            Duration passed = Duration.between(before.time(), time);
            Duration least = Duration.ofNanos(asked - before.answered());
            Duration most = Duration.ofNanos(answered - before.asked());
            return passed.compareTo(most) > 0
                    ? passed.minus(most)
                    : passed.compareTo(least) < 0 ? passed.minus(least) : Duration.ZERO;
        }
    }
}
