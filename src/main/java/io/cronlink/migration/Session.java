package io.cronlink.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A session of the server that is in the way, so that an operator finds it.
 *
 * @param pid its process id
 * @param description who it is
 */
record Session(int pid, String description) {

    private static final String DESCRIBE = """
            SELECT a.pid,
                   pg_catalog.concat_ws(', ',
                       'role "' || a.usename || '"', 'application "' || nullif(a.application_name, '') || '"',
                       'from ' || pg_catalog.host(a.client_addr), a.state,
                       'in a transaction since ' || pg_catalog.date_trunc('second', a.xact_start))
            FROM pg_catalog.pg_stat_activity AS a
            WHERE a.pid IN (%s)
            ORDER BY a.xact_start
            LIMIT 1
            """;

    /** The one, or the one that has been at it for longest, whose process id the query answers. */
    static Optional<Session> find(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DESCRIBE.formatted(query))) {
            return row.next() ? Optional.of(new Session(row.getInt(1), row.getString(2))) : Optional.empty();
        }
    }

    String remedy() {
        return "If it is stuck, end it: SELECT pg_terminate_backend(" + pid + ");";
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + description + ")";
    }
}
