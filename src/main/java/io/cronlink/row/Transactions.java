package io.cronlink.row;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Statements that are done together or not at all, on behalf of the user who is logged in, and the warnings that they give. */
@Component
public class Transactions {

    private final JdbcTemplate template;
    private final TransactionOperations transactions;

    Transactions(JdbcTemplate template, TransactionOperations transactions) {
        this.template = template;
        this.transactions = transactions;
    }

    public <T> Written<T> execute(Function<JdbcClient, T> work) {
        Listener listener = new Listener(template);
        JdbcClient database = JdbcClient.create(listener);
        T value = transactions.execute(status -> {
            // Whatever is configured for the role: without it the server would keep its warnings to itself.
            database.sql(
                            "SELECT set_config('client_min_messages', 'warning', true), set_config('cronlink.actor', :actor, true)")
                    .param("actor", actor())
                    .query()
                    .singleRow();
            return work.apply(database);
        });
        return new Written<>(value, List.copyOf(listener.warnings));
    }

    /** For cron.audit. */
    private static String actor() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user == null ? "" : user.getName();
    }

    private static final class Listener extends JdbcTemplate {

        private static final String WARNING_CLASS = "01";

        private final Set<Warning> warnings = new LinkedHashSet<>();

        Listener(JdbcTemplate configured) {
            super(Objects.requireNonNull(configured.getDataSource()));
            setQueryTimeout(configured.getQueryTimeout());
        }

        /** By the SQLSTATE, as the word WARNING comes in the server's language. */
        @Override
        protected void handleWarnings(Statement statement) throws SQLException {
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                String state = warning.getSQLState();
                if (state != null && state.startsWith(WARNING_CLASS)) {
                    warnings.add(Warning.of(warning));
                }
            }
        }
    }
}
