package io.cronlink.timeline;

import io.cronlink.row.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job_run_details, and the timers' fires to come, by time. */
@Repository
class Timelines {

    /** Runs that were queued in the window, by their numbers, which an index finds. */
    private static final String QUEUED_IN_WINDOW = """
            d.runid >= cron_engine.first_run_since(:from)
                AND d.runid < coalesce(cron_engine.first_run_since(:until), 0)
            """;

    private final JdbcClient database;

    Timelines(JdbcClient database) {
        this.database = database;
    }

    List<Upcoming> upcoming(@Nullable Long jobid, Instant until, int limit) {
        return database.sql("""
                        SELECT f.jobid, j.jobname, j.username, f.fire_time
                        FROM cron_engine.upcoming_fires(:jobid, clock_timestamp(), :until, :limit) AS f
                        JOIN cron.job AS j USING (jobid)
                        ORDER BY f.fire_time, f.jobid
                        """)
                .param("jobid", jobid)
                .param("until", Columns.toSql(until))
                .param("limit", limit)
                .query(Columns.rows(Upcoming.class))
                .list();
    }

    /** @param fireTime when it is to start, its jitter included; one that is past is owed */
    record Upcoming(long jobid, @Nullable String jobname, String username, Instant fireTime) {}

    /** @param chosen null: all jobs */
    Timeline timeline(Window window, @Nullable List<Long> chosen, long after, int limit) {
        Instant now = Instant.now();
        List<JobRow> jobs = database.sql("""
                        SELECT jobid, jobname, username, active FROM cron.job
                        WHERE jobid > :after AND (CAST(:chosen AS bigint[]) IS NULL OR jobid = ANY (:chosen))
                        ORDER BY jobid LIMIT :limit
                        """)
                .param("after", after)
                .param("chosen", chosen == null ? null : chosen.toArray(Long[]::new))
                .param("limit", limit)
                .query(Columns.rows(JobRow.class))
                .list();
        Long[] jobids = jobs.stream().map(JobRow::jobid).toArray(Long[]::new);
        Map<Long, List<RunRow>> runs = grouped(runs(window, jobids), RunRow::jobid);
        Map<Long, List<FireRow>> fires = grouped(fires(window, jobids, now), FireRow::jobid);
        return new Timeline(
                window.from(),
                window.until(),
                window.bucket(),
                now,
                jobs.stream()
                        .map(job -> new Timeline.Lane(
                                job.jobid(),
                                job.jobname(),
                                job.username(),
                                job.active(),
                                runs.getOrDefault(job.jobid(), List.of()).stream()
                                        .map(RunRow::bucket)
                                        .toList(),
                                fires.getOrDefault(job.jobid(), List.of()).stream()
                                        .map(FireRow::bucket)
                                        .toList()))
                        .toList(),
                jobs.size() < limit ? null : jobs.get(limit - 1).jobid());
    }

    private static <T> Map<Long, List<T>> grouped(List<T> rows, Function<T, Long> job) {
        return rows.stream().collect(Collectors.groupingBy(job, LinkedHashMap::new, Collectors.toList()));
    }

    private List<RunRow> runs(Window window, Long[] jobids) {
        return database.sql("""
                        SELECT r.jobid, r.place, r.succeeded, r.failed, r.skipped, r.unfinished, r.duration, r.last_runid,
                               l.status AS last_status, left(m.return_message, 200) AS message
                        FROM (SELECT d.jobid, least(greatest(floor(extract(epoch FROM d.queued_time - :from)
                                         / extract(epoch FROM CAST(:width AS interval))), 0), 10000)::integer AS place,
                                     count(*) FILTER (WHERE d.status = 'succeeded') AS succeeded,
                                     count(*) FILTER (WHERE d.status = 'failed') AS failed,
                                     count(*) FILTER (WHERE d.status = 'skipped') AS skipped,
                                     count(*) FILTER (WHERE d.end_time IS NULL) AS unfinished,
                                     max(coalesce(d.end_time, clock_timestamp()) - d.start_time) AS duration,
                                     max(d.runid) AS last_runid,
                                     max(d.runid) FILTER (WHERE d.status IN ('failed', 'skipped')) AS last_bad_runid
                              FROM cron.job_run_details AS d
                              WHERE d.jobid = ANY (:jobids) AND\s""" + QUEUED_IN_WINDOW + """
                              GROUP BY 1, 2) AS r
                        JOIN cron.job_run_details AS l ON l.runid = r.last_runid
                        LEFT JOIN cron.job_run_details AS m ON m.runid = r.last_bad_runid
                        ORDER BY r.jobid, r.place
                        """)
                .params(window.parameters())
                .param("jobids", jobids)
                .query(Columns.rows(RunRow.class))
                .list();
    }

    private List<FireRow> fires(Window window, Long[] jobids, Instant now) {
        return window.until().isBefore(now)
                ? List.of()
                : database.sql("""
                                SELECT j.jobid, f.bucket AS place, f.fire_time, f.is_only AS only
                                FROM unnest(:jobids) AS j (jobid)
                                CROSS JOIN LATERAL cron_engine.fires_by_bucket(j.jobid, :now, :from, :width, :until) AS f
                                ORDER BY j.jobid, f.bucket
                                """)
                        .params(window.parameters())
                        .param("now", Columns.toSql(now))
                        .param("jobids", jobids)
                        .query(Columns.rows(FireRow.class))
                        .list();
    }

    private record JobRow(long jobid, @Nullable String jobname, String username, boolean active) {}

    private record RunRow(
            long jobid,
            int place,
            int succeeded,
            int failed,
            int skipped,
            int unfinished,
            @Nullable Duration duration,
            long lastRunid,
            String lastStatus,
            @Nullable String message) {

        Timeline.RunBucket bucket() {
            return new Timeline.RunBucket(
                    place, succeeded, failed, skipped, unfinished, duration, lastRunid, lastStatus, message);
        }
    }

    private record FireRow(long jobid, int place, Instant fireTime, boolean only) {

        Timeline.FireBucket bucket() {
            return new Timeline.FireBucket(place, fireTime, only);
        }
    }

    List<Statistics.Bucket> statistics(Window window, @Nullable Long jobid) {
        return database.sql(
                        """
                        SELECT :from + CAST(:width AS interval) * s.place AS start, s.*
                        FROM (SELECT floor(extract(epoch FROM d.queued_time - :from)
                                         / extract(epoch FROM CAST(:width AS interval))) AS place,
                                     count(*) AS runs,
                                     count(*) FILTER (WHERE d.status = 'succeeded') AS succeeded,
                                     count(*) FILTER (WHERE d.status = 'failed') AS failed,
                                     count(*) FILTER (WHERE d.status = 'skipped') AS skipped,
                                     percentile_disc(0.5) WITHIN GROUP (ORDER BY d.end_time - d.start_time)
                                         FILTER (WHERE d.status = 'succeeded') AS duration_p50,
                                     percentile_disc(0.95) WITHIN GROUP (ORDER BY d.end_time - d.start_time)
                                         FILTER (WHERE d.status = 'succeeded') AS duration_p95,
                                     max(d.end_time - d.start_time) FILTER (WHERE d.status = 'succeeded') AS duration_max,
                                     percentile_disc(0.95) WITHIN GROUP (ORDER BY d.start_time - d.scheduled_time)
                                         FILTER (WHERE d.trigger = 'schedule' AND d.status <> 'skipped') AS delay_p95
                              FROM cron.job_run_details AS d
                              WHERE\s""" + (jobid == null ? "" : "d.jobid BETWEEN :jobid AND :jobid AND ") + QUEUED_IN_WINDOW + """
                              GROUP BY 1) AS s
                        ORDER BY s.place
                        """)
                .params(window.parameters())
                .param("jobid", jobid)
                .query(Columns.rows(Statistics.Bucket.class))
                .list();
    }
}
