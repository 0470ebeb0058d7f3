package io.cronlink.catalogue;

import io.cronlink.database.SqlFailure;
import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLWarning;

/** What the server says besides its answer. */
final class Sessions {

    private Sessions() {}

    /** Messages of the warnings that a statement leads to. */
    static List<String> warnings(TestDatabase database, String role, String sql) {
        try (Connection session = database.connect(role)) {
            return warnings(session, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static List<String> warnings(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            List<String> messages = new ArrayList<>();
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (warning instanceof PSQLWarning notice) {
                    messages.add(notice.getServerErrorMessage().getMessage());
                }
            }
            return messages;
        }
    }

    static SqlFailure refusal(TestDatabase database, String role, String sql) {
        return SqlFailure.of(() -> database.as(role).sql(sql).query().listOfRows());
    }
}
