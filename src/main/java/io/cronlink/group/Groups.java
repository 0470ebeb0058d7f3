package io.cronlink.group;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job_group. */
@Repository
class Groups {

    private static final RowMapper<Group> ROWS = Columns.rows(Group.class);

    private static final String SELECT = """
            SELECT g.name, g.max_running, g.description, o.jobs, q.waiting, q.running
            FROM cron.job_group AS g
            CROSS JOIN LATERAL (SELECT count(*) AS jobs FROM cron.job_options AS o WHERE o.job_group = g.name) AS o
            CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE q.pid IS NULL) AS waiting,
                                       count(*) FILTER (WHERE q.pid IS NOT NULL) AS running
                                FROM cron_engine.queue AS q WHERE q.job_group = g.name) AS q
            """;

    private final JdbcClient database;
    private final Transactions transactions;

    Groups(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    List<Group> list(@Nullable String after, int limit) {
        return database.sql(
                        SELECT + "WHERE CAST(:after AS text) IS NULL OR g.name > :after ORDER BY g.name LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query(ROWS)
                .list();
    }

    Optional<Group> find(String name) {
        return database.sql(SELECT + "WHERE g.name = :name")
                .param("name", name)
                .query(ROWS)
                .optional();
    }

    /** @return whether it is new */
    boolean set(String name, Change change) {
        return transactions
                .execute(transaction -> {
                    boolean isNew = find(name).isEmpty();
                    if (isNew || !change.isEmpty()) {
                        change.upsert(transaction, "cron.job_group", "name", name)
                                .update();
                    }
                    return isNew;
                })
                .value();
    }

    boolean remove(String name) {
        return transactions
                .execute(transaction -> transaction
                                .sql("DELETE FROM cron.job_group WHERE name = :name")
                                .param("name", name)
                                .update()
                        > 0)
                .value();
    }
}
