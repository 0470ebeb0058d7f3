package io.cronlink.daemon;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells of failed runs. The scheduler says them to the session in which it runs, while it runs: that costs nothing when nothing
 * fails, and of several services only the one that leads hears of it.
 */
@Component
class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final int PAUSE_MILLIS = 500;

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final LogProperties properties;

    FailureLog(LogProperties properties) {
        this.properties = properties;
    }

    /** Has the session's scheduler say what fails. */
    void order(Statement session) throws SQLException {
        try (PreparedStatement order = session.getConnection()
                .prepareStatement("SELECT pg_catalog.set_config('cronlink.log_failed_runs', ?, false)")) {
            order.setString(1, String.valueOf(properties.failedRuns()));
            order.execute();
        }
    }

    /** Runs the call, and hears what is said meanwhile. */
    void execute(Statement statement, String call) throws SQLException {
        statement.clearWarnings();
        CountDownLatch over = new CountDownLatch(1);
        Thread listener = new Thread(() -> listen(statement, over), "failure-log");
        listener.setDaemon(true);
        listener.start();
        try {
            statement.execute(call);
        } finally {
            over.countDown();
            join(listener);
        }
    }

    private static void listen(Statement statement, CountDownLatch over) {
        @Nullable SQLWarning last = null;
        try {
            boolean isOver;
            do {
                isOver = over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                last = tell(statement, last);
            } while (!isOver);
        } catch (SQLException closed) {
            LOG.debug("The session is closed", closed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The driver appends each message as it arrives. */
    private static @Nullable SQLWarning tell(Statement statement, @Nullable SQLWarning last) throws SQLException {
        @Nullable SQLWarning latest = last;
        @Nullable SQLWarning next = last == null ? statement.getWarnings() : last.getNextWarning();
        while (next != null) {
            latest = next;
            LoggingEventBuilder line = LOG.atWarn();
            for (Map.Entry<String, Object> field : fields(next).entrySet()) {
                line = line.addKeyValue(field.getKey(), field.getValue());
            }
            // A job's name is anybody's text.
            line.log("{}", String.valueOf(next.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " "));
            next = next.getNextWarning();
        }
        return latest;
    }

    /** Whose failure it is, for who keeps logs by fields. */
    private static Map<String, Object> fields(SQLWarning said) {
        String detail = said instanceof PSQLWarning warning && warning.getServerErrorMessage() != null
                ? warning.getServerErrorMessage().getDetail()
                : null;
        return detail == null ? Map.of() : JsonMapper.shared().readValue(detail, FIELDS);
    }

    private static void join(Thread listener) {
        try {
            listener.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
