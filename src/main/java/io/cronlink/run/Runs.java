package io.cronlink.run;

import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job_run_details, and the functions that start and cancel runs. */
@Repository
class Runs {

    private static final RowMapper<Run> ROWS = Columns.rows(Run.class);
    private static final String BRIEF = "SELECT " + Columns.select(Run.class, Columns.BRIEF);
    private static final String WHOLE = "SELECT " + Columns.select(Run.class, Columns.WHOLE);
    private static final int SEARCHED = 20_000;

    private static final String ROW = """
            SELECT r.*, j.jobname
            FROM cron.job_run_details AS r
            LEFT JOIN cron.job AS j USING (jobid)
            """;

    private final JdbcClient database;
    private final Transactions transactions;

    Runs(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Cut when the rows are chosen, so that no text of another one is looked at. */
    private static String select(String columns, String rows) {
        return columns + " FROM (" + rows + ") AS r";
    }

    /**
     * The latest first. What no index finds is looked for among {@link #SEARCHED} runs at a time: a page may be short, or empty,
     * and have a next one.
     */
    RunPage list(RunFilter filter, @Nullable Long before, int limit) {
        int searched = filter.needsSearch() ? SEARCHED : limit;
        Map<String, @Nullable Object> parameters = filter.parameters();
        parameters.put("before", before);
        parameters.put("limit", limit);
        parameters.put("searched", searched);
        String candidates = "SELECT r.runid FROM cron.job_run_details AS r WHERE " + filter.found()
                + (before == null ? "" : " AND r.runid < :before") + " ORDER BY " + filter.order();
        List<Run> runs = database.sql(select(
                                BRIEF,
                                ROW + "WHERE r.runid = ANY (ARRAY(" + candidates + " LIMIT :searched)) AND "
                                        + filter.searched() + " ORDER BY r.runid DESC LIMIT :limit")
                        + " ORDER BY runid DESC")
                .params(parameters)
                .query(ROWS)
                .list();
        if (runs.size() == limit) {
            return new RunPage(runs, runs.get(limit - 1).runid());
        }
        Optional<Long> lastSearched = database.sql(candidates + " OFFSET :searched - 1 LIMIT 1")
                .params(parameters)
                .query(Long.class)
                .optional();
        return new RunPage(runs, lastSearched.orElse(null));
    }

    Optional<Run> find(long runid) {
        return database.sql(select(WHOLE, ROW + "WHERE r.runid = :runid"))
                .param("runid", runid)
                .query(ROWS)
                .optional();
    }

    long start(long jobid, String note) {
        return call("SELECT cron.run_job(:id, :note)", jobid, note, Long.class);
    }

    /**
     * The run that the first request with this key asked for. Who comes at the same time waits for it.
     *
     * @param request what is asked for
     * @param actor whose key it is
     */
    IdempotentStart start(long jobid, String note, String key, String request, String actor) {
        return transactions
                .execute(transaction -> {
                    boolean isFirst = transaction
                                    .sql("""
                                            INSERT INTO cron_engine.idempotency_key (actor, key, request, created_at)
                                            VALUES (:actor, :key, md5(:request), clock_timestamp())
                                            ON CONFLICT DO NOTHING
                                            """)
                                    .param("actor", actor)
                                    .param("key", key)
                                    .param("request", request)
                                    .update()
                            == 1;
                    if (!isFirst) {
                        return transaction
                                .sql("""
                                        SELECT runid, false AS is_first, request = md5(:request) AS is_same
                                        FROM cron_engine.idempotency_key WHERE actor = :actor AND key = :key
                                        """)
                                .param("actor", actor)
                                .param("key", key)
                                .param("request", request)
                                .query(Columns.rows(IdempotentStart.class))
                                .single();
                    }
                    return transaction
                            .sql("""
                                    UPDATE cron_engine.idempotency_key SET runid = cron.run_job(:jobid, :note)
                                    WHERE actor = :actor AND key = :key
                                    RETURNING runid, true AS is_first, true AS is_same
                                    """)
                            .param("jobid", jobid)
                            .param("note", note)
                            .param("actor", actor)
                            .param("key", key)
                            .query(Columns.rows(IdempotentStart.class))
                            .single();
                })
                .value();
    }

    /**
     * @param isFirst false: the key was used before
     * @param isSame false: it was used for something else
     */
    record IdempotentStart(long runid, boolean isFirst, boolean isSame) {}

    Written<Long> startOnce(
            String command,
            @Nullable String database,
            @Nullable String username,
            @Nullable Duration timeout,
            @Nullable Boolean transactional,
            String note) {
        return transactions.execute(transaction -> transaction
                .sql("""
                        SELECT cron.run_once(:command, :database, :username, :timeout, :transactional, :note)
                        """)
                .param("command", command)
                .param("database", database)
                .param("username", username)
                .param("timeout", Columns.toSql(timeout))
                .param("transactional", transactional)
                .param("note", note)
                .query(Long.class)
                .single());
    }

    long rerun(long runid, String note) {
        return call("SELECT cron.rerun(:id, :note)", runid, note, Long.class);
    }

    boolean cancel(long runid, String note) {
        return call("SELECT cron.cancel(:id, :note)", runid, note, Boolean.class);
    }

    private <T> T call(String sql, long id, String note, Class<T> type) {
        return transactions
                .execute(transaction -> transaction
                        .sql(sql)
                        .param("id", id)
                        .param("note", note)
                        .query(type)
                        .single())
                .value();
    }
}
