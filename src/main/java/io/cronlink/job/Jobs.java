package io.cronlink.job;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job: its triggers validate what is written here as they do for everybody else. */
@Repository
class Jobs {

    private static final RowMapper<Job> ROWS = Columns.rows(Job.class);

    private final JdbcClient database;

    Jobs(JdbcClient database) {
        this.database = database;
    }

    List<Job> list(@Nullable String jobname, @Nullable Boolean active, long after, int limit) {
        return database.sql("""
                        SELECT j.*, t.next_fire AS next_run
                        FROM cron.job AS j
                        LEFT JOIN cron_engine.timer AS t USING (jobid)
                        WHERE j.jobid > :after
                            AND (CAST(:jobname AS text) IS NULL OR j.jobname = :jobname)
                            AND (CAST(:active AS boolean) IS NULL OR j.active = :active)
                        ORDER BY j.jobid
                        LIMIT :limit
                        """)
                .param("after", after)
                .param("jobname", jobname)
                .param("active", active)
                .param("limit", limit)
                .query(ROWS)
                .list();
    }

    Optional<Job> find(long jobid) {
        return database.sql("""
                        SELECT j.*, t.next_fire AS next_run
                        FROM cron.job AS j
                        LEFT JOIN cron_engine.timer AS t USING (jobid)
                        WHERE j.jobid = :jobid
                        """).param("jobid", jobid).query(ROWS).optional();
    }

    long add(Change job) {
        return job.insert(database, "cron.job", "jobid").query(Long.class).single();
    }

    boolean change(long jobid, Change change) {
        return change.update(database, "cron.job", "jobid = :id")
                        .param("id", jobid)
                        .update()
                > 0;
    }

    void remove(long jobid) {
        database.sql("SELECT cron.unschedule(:jobid)")
                .param("jobid", jobid)
                .query()
                .singleRow();
    }
}
