package io.cronlink.fault;

import static org.awaitility.Awaitility.await;

import io.cronlink.database.Login;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements to a server that may be away: tried again until they succeed, each in a connection of its own. */
final class Session {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Login login;

    Session(Login login) {
        this.login = login;
    }

    void execute(String... statements) {
        for (String sql : statements) {
            rows(sql);
        }
    }

    String value(String sql) {
        return row(sql).orElseThrow().get(0);
    }

    Optional<List<String>> row(String sql) {
        return rows(sql).stream().findFirst();
    }

    /** Columns as text, NULL as the word. */
    List<List<String>> rows(String sql) {
        List<List<String>> answer = new ArrayList<>();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsMatching(Session::passes)
                .until(() -> {
                    answer.addAll(ask(sql));
                    return true;
                });
        return answer;
    }

    /** Whether it succeeded; once, whatever happens. */
    boolean attempt(String sql) {
        try {
            ask(sql);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().matches("08.*|57P.*|53300");
    }

    private List<List<String>> ask(String sql) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            List<List<String>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }
}
