package io.cronlink.job;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job and cron.job_options: their triggers validate what is written here as they do for everybody else. */
@Repository
class Jobs {

    private static final RowMapper<Job> ROWS = Columns.rows(Job.class);

    private static final String ROW = "SELECT j.* FROM cron.job_details AS j ";

    /** What is in cron.job itself; all else is an option. */
    private static final Set<String> COLUMNS =
            Set.of("jobname", "schedule", "command", "active", "nodename", "nodeport", "database", "username");

    private final JdbcClient database;
    private final Transactions transactions;

    Jobs(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Cut when the rows are chosen, so that no text of another one is looked at. */
    private static String select(int length, String rows) {
        return "SELECT " + Columns.select(Job.class, length) + " FROM (" + rows + ") AS j";
    }

    List<Job> list(
            @Nullable String jobname, @Nullable String username, @Nullable Boolean active, long after, int limit) {
        return database.sql(select(Columns.BRIEF, ROW + """
                        WHERE j.jobid > :after
                            AND (CAST(:jobname AS text) IS NULL OR j.jobname = :jobname)
                            AND (CAST(:username AS text) IS NULL OR j.username = :username)
                            AND (CAST(:active AS boolean) IS NULL OR j.active = :active)
                        ORDER BY j.jobid
                        LIMIT :limit
                        """) + " ORDER BY jobid")
                .param("after", after)
                .param("jobname", jobname)
                .param("username", username)
                .param("active", active)
                .param("limit", limit)
                .query(ROWS)
                .list();
    }

    Optional<Job> find(long jobid) {
        return database.sql(select(Columns.WHOLE, ROW + "WHERE j.jobid = :jobid"))
                .param("jobid", jobid)
                .query(ROWS)
                .optional();
    }

    Written<Long> add(Change job) {
        return transactions.execute(transaction -> {
            long jobid = job.only(COLUMNS)
                    .insert(transaction, "cron.job", "jobid")
                    .query(Long.class)
                    .single();
            setOptions(transaction, jobid, job);
            return jobid;
        });
    }

    List<Warning> change(long jobid, Change change) {
        return transactions
                .execute(transaction -> {
                    Change job = change.only(COLUMNS);
                    if (!job.isEmpty()
                            && job.update(transaction, "cron.job", "jobid = :id")
                                            .param("id", jobid)
                                            .update()
                                    == 0) {
                        throw new NoSuchJob(jobid);
                    }
                    setOptions(transaction, jobid, change);
                    return jobid;
                })
                .warnings();
    }

    private static void setOptions(JdbcClient transaction, long jobid, Change change) {
        Change options = change.without(COLUMNS);
        if (!options.isEmpty()) {
            options.upsert(transaction, "cron.job_options", "jobid", jobid).update();
        }
    }

    List<Warning> pause(long jobid) {
        return call("cron.pause_job", jobid);
    }

    List<Warning> resume(long jobid) {
        return call("cron.resume_job", jobid);
    }

    void remove(long jobid) {
        call("cron.unschedule", jobid);
    }

    private List<Warning> call(String function, long jobid) {
        return transactions
                .execute(transaction -> transaction
                        .sql("SELECT " + function + "(:jobid)")
                        .param("jobid", jobid)
                        .query()
                        .singleRow())
                .warnings();
    }
}
