package io.cronlink.timeline;

import io.cronlink.row.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The timers' fires to come, and the limits of what runs. */
@Repository
class Forecasts {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final JdbcClient database;

    Forecasts(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param username whose own it is; null: a common one
     * @param most how many of its jobs may run
     */
    record Group(String name, @Nullable String username, int most) {}

    /** @param mostOfOne how many of a login's may run */
    record Limits(int most, int mostOfOne) {}

    /** Where only one login is registered it may have all places, see cron_engine.free_places(). */
    Limits limits() {
        return database.sql("""
                        SELECT s.max_running_jobs AS most,
                               coalesce(s.max_running_jobs_per_role,
                                        s.max_running_jobs - CASE WHEN l.others > 1 THEN s.max_running_jobs / 4 ELSE 0 END) AS most_of_one
                        FROM cron.settings AS s
                        CROSS JOIN (SELECT count(*) AS others FROM cron_engine.login WHERE server IS NOT NULL) AS l
                        """).query(Columns.rows(Limits.class)).single();
    }

    /** Of all jobs that fire before the window's end. */
    List<Firing> firings(Window window, Instant now) {
        Map<Long, Firing.Times> times = times(window, now);
        return database.sql("""
                        SELECT j.jobid, j.jobname, j.username, coalesce(l.via, j.username) AS login, o.job_group, g.max_running,
                               extract(epoch FROM t.scheduled_time - :from) AS scheduled,
                               extract(epoch FROM o.valid_until - :from) AS valid_until,
                               extract(epoch FROM (t.schedule).every) AS every,
                               extract(epoch FROM cron_engine.jitter(j.jobid, o.jitter)) AS late,
                               coalesce(o.overlap, s.overlap) = 'allow' AS may_overlap,
                               extract(epoch FROM u.duration) AS duration
                        FROM cron_engine.timer AS t
                        JOIN cron.job AS j USING (jobid)
                        CROSS JOIN cron.settings AS s
                        LEFT JOIN cron.job_options AS o USING (jobid)
                        LEFT JOIN cron_engine.login AS l ON l.username = j.username
                        LEFT JOIN cron.job_group AS g ON g.name = o.job_group
                        CROSS JOIN LATERAL (
                            SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY r.end_time - r.start_time) AS duration
                            FROM (SELECT d.start_time, d.end_time FROM cron.job_run_details AS d
                                  WHERE d.jobid BETWEEN t.jobid AND t.jobid ORDER BY d.jobid DESC, d.runid DESC LIMIT 10) AS r) AS u
                        WHERE j.active AND t.next_fire < :until
                        ORDER BY j.jobid
                        """)
                .params(window.parameters())
                .query((row, number) -> firing(row, times))
                .list();
    }

    private static Firing firing(ResultSet row, Map<Long, Firing.Times> times) throws SQLException {
        long jobid = row.getLong("jobid");
        String username = row.getString("username");
        double end = row.getDouble("valid_until");
        boolean isForEver = row.wasNull();
        return new Firing(
                new Forecast.Member(jobid, row.getString("jobname"), username),
                row.getString("login"),
                group(row, username),
                row.getDouble("scheduled"),
                isForEver ? NEVER : end,
                row.getDouble("every"),
                times.getOrDefault(jobid, Firing.Times.NONE),
                row.getDouble("late"),
                row.getDouble("duration"),
                row.getBoolean("may_overlap"));
    }

    /** Of a group that nobody has made common one runs at once, see cron.job_group. */
    private static @Nullable Group group(ResultSet row, String username) throws SQLException {
        String name = row.getString("job_group");
        if (name == null) {
            return null;
        }
        int most = row.getInt("max_running");
        return row.wasNull() ? new Group(name, username, 1) : new Group(name, null, most);
    }

    /** Of jobs with a calendar's schedule, which many have in common: each is worked out once. */
    private Map<Long, Firing.Times> times(Window window, Instant now) {
        Map<Long, Firing.Times> times = new HashMap<>();
        long from = window.from().getEpochSecond();
        database.sql("""
                        SELECT s.jobids,
                               ARRAY(SELECT CAST(extract(epoch FROM f) AS bigint)
                                     FROM cron_engine.calendar_fires(s.schedule, s.timezone, greatest(:from, :now) - s.late - interval '1 microsecond', :until) AS f) AS times
                        FROM (SELECT t.schedule, t.timezone, array_agg(t.jobid) AS jobids, max(cron_engine.jitter(t.jobid, o.jitter)) AS late
                              FROM cron_engine.timer AS t
                              JOIN cron.job AS j USING (jobid)
                              LEFT JOIN cron.job_options AS o USING (jobid)
                              WHERE j.active AND t.next_fire < :until AND (t.schedule).kind = 'cron'
                              GROUP BY t.schedule, t.timezone) AS s
                        """)
                .params(window.parameters())
                .param("now", Columns.toSql(now))
                .query(row -> {
                    long[] fires = numbers(row.getArray("times"));
                    for (int place = 0; place < fires.length; place++) {
                        fires[place] -= from;
                    }
                    Firing.Times shared = new Firing.Times(fires);
                    for (long jobid : numbers(row.getArray("jobids"))) {
                        times.put(jobid, shared);
                    }
                });
        return times;
    }

    private static long[] numbers(Array array) throws SQLException {
        Long[] boxed = (Long[]) array.getArray();
        long[] numbers = new long[boxed.length];
        for (int place = 0; place < boxed.length; place++) {
            numbers[place] = boxed[place];
        }
        return numbers;
    }
}
