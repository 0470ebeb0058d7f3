package io.cronlink.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Runs commands as a worker of the owner's does, in a transaction or at top level, but without a queue. */
final class EngineSession implements AutoCloseable {

    /** The engine's type of that name; {@code whole} is its text. */
    record Outcome(
            @Nullable String status,
            @Nullable String message,
            @Nullable String result,
            @Nullable String sqlstate,
            @Nullable Boolean needsTopLevel,
            String whole) {}

    private final Connection connection;
    private final JdbcClient client;
    private final String options;
    private final String dblink;

    /** {@code options}: libpq's, with which the connection was made, too. */
    EngineSession(Connection connection, String options) {
        this.connection = connection;
        this.client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.options = options;
        this.dblink = client.sql("SELECT quote_ident(n.nspname) FROM pg_extension AS e"
                        + " JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'dblink'")
                .query(String.class)
                .single();
        connect();
    }

    /** In a transaction, unless it has to leave it. */
    Outcome execute(String command) {
        Outcome outcome = outcome("execute(?, true)", command);
        client.sql("DISCARD ALL").update();
        return Boolean.TRUE.equals(outcome.needsTopLevel()) ? executeAtTopLevel(command) : outcome;
    }

    Outcome executeAtTopLevel(String command) {
        Outcome outcome = outcome("send_command('cronlink top level', ?)", command);
        while (outcome.status() == null) {
            outcome = outcome("poll_top_level(0, ?, ?::cron_engine.outcome, 0.001)", command, outcome.whole());
        }
        resetTopLevel();
        return outcome;
    }

    private Outcome outcome(String call, Object... arguments) {
        return client.sql("""
                        SELECT o.status, o.message, o.result, o.sqlstate, o.needs_top_level, o::text AS whole
                        FROM cron_engine.%s AS o
                        """.formatted(call))
                .params(arguments)
                .query(Outcome.class)
                .single();
    }

    private void connect() {
        client.sql("""
                        SELECT %s.dblink_connect('cronlink top level',
                                   cron_engine.login_conninfo(l.server, VARIADIC ARRAY['options=' || ?]))
                        FROM cron_engine.login AS l WHERE l.username = CURRENT_USER
                        """.formatted(dblink)).param(options).query().singleRow();
    }

    /** As good as a new connection, and quicker; after a COPY there has to be a new one. */
    private void resetTopLevel() {
        try {
            for (int results = 0; results < 2; results++) {
                client.sql("SELECT FROM " + dblink
                                + ".dblink_get_result('cronlink top level', false) AS r (value text)")
                        .query()
                        .listOfRows();
            }
            client.sql(
                            "SELECT %1$s.dblink_exec('cronlink top level', 'ROLLBACK'), %1$s.dblink_exec('cronlink top level', 'DISCARD ALL')"
                                    .formatted(dblink))
                    .query()
                    .singleRow();
        } catch (DataAccessException busy) {
            client.sql("SELECT " + dblink + ".dblink_disconnect('cronlink top level')")
                    .query()
                    .singleRow();
            connect();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
