package io.cronlink.run;

import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job_run_details, and the functions that start and cancel runs. */
@Repository
class Runs {

    private static final RowMapper<Run> ROWS = Columns.rows(Run.class);

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
    private static String select(int length, String rows) {
        return "SELECT " + Columns.select(Run.class, length) + " FROM (" + rows + ") AS r";
    }

    /** The latest first. Conditions are put together so that each combination can use its index. */
    List<Run> list(@Nullable Long jobid, @Nullable RunStatus status, @Nullable Long before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (jobid != null) {
            // Not an equality, for which the planner would as soon read the whole history backwards.
            conditions.add("r.jobid BETWEEN :jobid AND :jobid");
        }
        if (status != null) {
            conditions.add(status.condition());
        }
        if (before != null) {
            conditions.add("r.runid < :before");
        }
        String order = jobid == null ? "r.runid DESC" : "r.jobid DESC, r.runid DESC";
        return database.sql(select(
                                Columns.BRIEF,
                                ROW + "WHERE " + String.join(" AND ", conditions) + " ORDER BY " + order
                                        + " LIMIT :limit")
                        + " ORDER BY runid DESC")
                .param("jobid", jobid)
                .param("before", before)
                .param("limit", limit)
                .query(ROWS)
                .list();
    }

    Optional<Run> find(long runid) {
        return database.sql(select(Columns.WHOLE, ROW + "WHERE r.runid = :runid"))
                .param("runid", runid)
                .query(ROWS)
                .optional();
    }

    long start(long jobid, String note) {
        return database.sql("SELECT cron.run_job(:jobid, :note)")
                .param("jobid", jobid)
                .param("note", note)
                .query(Long.class)
                .single();
    }

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
        return database.sql("SELECT cron.rerun(:runid, :note)")
                .param("runid", runid)
                .param("note", note)
                .query(Long.class)
                .single();
    }

    boolean cancel(long runid, String note) {
        return database.sql("SELECT cron.cancel(:runid, :note)")
                .param("runid", runid)
                .param("note", note)
                .query(Boolean.class)
                .single();
    }
}
