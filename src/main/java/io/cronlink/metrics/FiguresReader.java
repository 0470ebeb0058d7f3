package io.cronlink.metrics;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads all figures by one query, so that they are of one moment and cost one trip to the database. */
@Repository
class FiguresReader {

    private static final String FIGURES = """
            SELECT json_build_object(
                'leading', d.leader_pid IS NOT NULL,
                'tickAge', greatest(extract(epoch FROM clock_timestamp() - d.last_tick), 0),
                'paused', s.paused,
                'maxWorkers', s.max_running_jobs,
                'activeJobs', j.active,
                'inactiveJobs', j.inactive,
                'waiting', q.waiting,
                'ready', q.ready,
                'running', q.running,
                'readyAge', coalesce(
                    (SELECT greatest(extract(epoch FROM clock_timestamp() - greatest(r.queued_time, w.not_before)), 0)
                       FROM cron_engine.queue AS w
                       JOIN cron.job_run_details AS r USING (runid)
                      WHERE w.ready AND w.pid IS NULL
                      ORDER BY w.runid
                      LIMIT 1), 0),
                'overdue', coalesce(greatest(extract(epoch FROM clock_timestamp() - f.next_fire), 0), 0),
                'nextFire', extract(epoch FROM f.next_fire),
                'busyWorkers', w.busy,
                'idleWorkers', w.idle,
                'connections', (SELECT sum(b.numbackends) FROM pg_stat_database AS b),
                'maxConnections', current_setting('max_connections')::integer
                    - current_setting('superuser_reserved_connections')::integer
                    - coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::integer,
                'faults', (SELECT count(*) FROM cron_engine.daemon_faults()),
                'standstills', (SELECT coalesce(json_agg(json_build_object('cause', c.cause, 'count', c.count)), '[]')
                                  FROM (SELECT t.cause, count(*) FROM cron_engine.daemon_standstill() AS t GROUP BY t.cause) AS c),
                'bounds', cron_engine.bucket_bounds(),
                'counts', (SELECT coalesce(json_agg(c ORDER BY c.kind, c.label, c.trigger, c.bucket), '[]')
                             FROM cron_engine.run_count AS c),
                'jobs', (SELECT coalesce(json_agg(o ORDER BY o.jobid), '[]') FROM (%s) AS o))
            FROM cron_engine.daemon_status() AS d
            CROSS JOIN cron.settings AS s
            CROSS JOIN (SELECT count(*) FILTER (WHERE active) AS active, count(*) FILTER (WHERE NOT active) AS inactive
                          FROM cron.job) AS j
            CROSS JOIN (SELECT count(*) FILTER (WHERE NOT ready AND pid IS NULL) AS waiting,
                               count(*) FILTER (WHERE ready AND pid IS NULL) AS ready,
                               count(*) FILTER (WHERE pid IS NOT NULL) AS running
                          FROM cron_engine.queue) AS q
            CROSS JOIN (SELECT count(*) FILTER (WHERE busy) AS busy, count(*) FILTER (WHERE NOT busy) AS idle
                          FROM cron_engine.worker) AS w
            CROSS JOIN (SELECT min(u.next_fire) AS next_fire
                          FROM cron_engine.due AS u
                         WHERE u.next_fire < 'infinity' AND u.next_fire > '-infinity') AS f
            """;

    /** Of a job that fails for long not its whole history is searched for a success. */
    private static final String JOBS = """
            SELECT j.jobid, j.jobname, j.username, coalesce(t.failures, 0) AS failures,
                   (SELECT extract(epoch FROM i.next_fire) FROM cron_engine.timer AS i
                     WHERE i.jobid = j.jobid AND isfinite(i.next_fire)) AS "nextFire",
                   (SELECT extract(epoch FROM r.end_time)
                      FROM (SELECT h.status, h.end_time, h.jobid, h.runid
                              FROM cron.job_run_details AS h
                             WHERE h.jobid BETWEEN j.jobid AND j.jobid
                             ORDER BY h.jobid DESC, h.runid DESC
                             LIMIT 100) AS r
                     WHERE r.status = 'succeeded'
                     -- As it is already, so that the first one found is the last.
                     ORDER BY r.jobid DESC, r.runid DESC
                     LIMIT 1) AS "lastSuccess"
              FROM (SELECT * FROM cron.job WHERE active ORDER BY jobid LIMIT :jobs) AS j
              LEFT JOIN cron_engine.job_state AS t USING (jobid)
            """;

    private final JdbcClient database;
    private final JsonMapper json;
    private final MetricsProperties properties;

    FiguresReader(JdbcClient database, JsonMapper json, MetricsProperties properties) {
        this.database = database;
        this.json = json;
        this.properties = properties;
    }

    Figures read() {
        return json.readValue(
                database.sql(FIGURES.formatted(JOBS))
                        .param("jobs", properties.listedJobs())
                        .query(String.class)
                        .single(),
                Figures.class);
    }
}
