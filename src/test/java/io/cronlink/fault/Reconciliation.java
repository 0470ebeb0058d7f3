package io.cronlink.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Whether all fires are accounted for, all records are true, and nothing is left behind. */
final class Reconciliation {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Each run with its promise and what it did. */
    private static final String RUNS = """
            WITH run AS (
                SELECT d.*, k.name AS kind, k.promise, e.effects, e.parts
                FROM cron.job_run_details AS d
                LEFT JOIN cron.job AS j USING (jobid)
                JOIN public.kind AS k ON k.name = coalesce(j.jobname,
                    CASE WHEN d.command LIKE '%public.effects%' THEN 'short-lived' ELSE 'passing' END)
                CROSS JOIN LATERAL (SELECT count(*) AS effects, count(DISTINCT part) AS parts
                                    FROM public.effects AS e WHERE e.runid = d.runid) AS e
            ), fire AS (
                SELECT f.*, lag(f.scheduled_time) OVER w AS previous_time, lag(f.runid) OVER w AS previous_runid
                FROM run AS f
                WHERE f.trigger IN ('schedule', 'catch-up')
                WINDOW w AS (PARTITION BY f.jobid ORDER BY f.runid)
            )
            """;

    private static final String SHOWN =
            "kind, runid, status, sqlstate, return_message, effects, trigger, scheduled_time, start_time, end_time";

    private record Rule(String name, String violations) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "every run has ended",
                    "FROM run WHERE status NOT IN ('succeeded', 'failed', 'skipped') OR end_time IS NULL"),
            new Rule(
                    "exact: effects if and only if succeeded",
                    "FROM run WHERE promise = 'EXACT' AND effects <> (status = 'succeeded')::integer"),
            new Rule(
                    "at top level: effects if succeeded",
                    "FROM run WHERE promise = 'AT_MOST_ONCE' AND status = 'succeeded' AND effects <> 1"),
            new Rule("at top level: at most once", "FROM run WHERE promise = 'AT_MOST_ONCE' AND effects > 1"),
            new Rule("at top level: failed for sure means no effects", """
                    FROM run WHERE promise = 'AT_MOST_ONCE' AND status = 'failed' AND effects > 0 AND sqlstate <> '08007'"""),
            new Rule(
                    "in parts: all if succeeded",
                    "FROM run WHERE promise = 'IN_PARTS' AND status = 'succeeded' AND effects <> 3"),
            new Rule("in parts: each at most once", "FROM run WHERE promise = 'IN_PARTS' AND effects <> parts"),
            new Rule(
                    "what did not run has no effects",
                    "FROM run WHERE (status = 'skipped' OR promise = 'NONE') AND effects > 0"),
            new Rule("no fire twice", """
                    FROM fire AS f
                    WHERE EXISTS (SELECT FROM fire AS e
                                  WHERE e.jobid = f.jobid AND e.scheduled_time = f.scheduled_time AND e.runid < f.runid
                                      AND NOT EXISTS (SELECT FROM public.clock_jump AS c
                                                      WHERE c.first_runid <= f.runid AND coalesce(c.last_runid, c.first_runid + 500) >= e.runid))"""),
            new Rule("no fire lost", """
                    FROM fire AS f
                    WHERE f.kind LIKE 'grid%' AND f.previous_runid IS NOT NULL
                        AND f.scheduled_time - f.previous_time <> CASE f.kind WHEN 'grid' THEN interval '1 s' ELSE interval '2 s' END
                        AND NOT EXISTS (SELECT FROM public.clock_jump AS c
                                        WHERE c.first_runid <= f.runid AND coalesce(c.last_runid, c.first_runid + 500) >= f.previous_runid)"""),
            new Rule(
                    "a failure says why",
                    "FROM run WHERE status = 'failed' AND (sqlstate IS NULL OR return_message IS NULL)"),
            new Rule("only a failure has an SQLSTATE", "FROM run WHERE status <> 'failed' AND sqlstate IS NOT NULL"),
            new Rule("times are in order", "FROM run WHERE end_time < start_time"));

    private final Session owner;
    private final Session superuser;
    private final List<String> discrepancies = new ArrayList<>();

    Reconciliation(Session owner, Session superuser) {
        this.owner = owner;
        this.superuser = superuser;
    }

    /** The jobs are inactive, the services live: what waits and runs has to come to its end. */
    void awaitTheEndOfAllRuns() {
        awaitZero("a run has not ended", "FROM cron_engine.queue AS q JOIN cron.job_run_details USING (runid)");
        awaitZero("an end was not settled", "FROM cron_engine.ended_run");
        awaitZero("something could not be done", "FROM cron_engine.fault");
    }

    /** The services are gone. */
    void awaitNothingLeft() {
        awaitZero("a session is left", "FROM pg_stat_activity WHERE application_name LIKE 'cronlink%'");
        awaitZero(
                "a transaction is left",
                "FROM pg_stat_activity WHERE datname = 'cronlink' AND state LIKE 'idle in transaction%'");
        awaitZero("a lock is left", "FROM pg_locks WHERE locktype = 'advisory'");
        awaitZero("a prepared transaction is left", "FROM pg_prepared_xacts");
    }

    private void awaitZero(String otherwise, String from) {
        try {
            await().atMost(PATIENCE)
                    .until(() -> superuser.value("SELECT count(*) " + from).equals("0"));
        } catch (ConditionTimeoutException late) {
            superuser.rows("SELECT * " + from + " LIMIT 3").forEach(row -> discrepancies.add(otherwise + ": " + row));
        }
    }

    void checkRules() {
        owner.execute(
                "INSERT INTO public.kind VALUES ('passing', 'NONE'), ('short-lived', 'EXACT') ON CONFLICT DO NOTHING");
        for (Rule rule : RULES) {
            superuser
                    .rows(RUNS + "SELECT " + SHOWN + " " + rule.violations + " ORDER BY runid LIMIT 5")
                    .forEach(row -> discrepancies.add(rule.name + ": " + row));
        }
        superuser
                .rows(
                        "SELECT runid FROM public.effects WHERE runid NOT IN (SELECT runid FROM cron.job_run_details) LIMIT 5")
                .forEach(row -> discrepancies.add("an effect without a run: " + row));
    }

    /** How late the runs of others than the hostile role started, of which 99 in 100 did not start later; only such as wait for no run of their job. */
    Duration delayOfTheInnocent() {
        return Duration.ofMillis(Long.parseLong(superuser.value(RUNS + """
                SELECT coalesce(1000 * extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY start_time - scheduled_time)), 0)::bigint
                FROM fire
                WHERE scheduled_time > (SELECT min(start_time) + interval '1 s' FROM run) AND start_time IS NOT NULL AND attempt = 1 AND (kind LIKE 'grid%' OR kind IN ('frequent', 'grouped', 'minutely', 'deferred by half'))
                """)));
    }

    List<String> discrepancies() {
        return discrepancies;
    }

    String table() {
        return superuser.rows(RUNS + """
                        SELECT format('%-22s %6s %9s %6s %7s %7s  %s', kind, count(*), count(*) FILTER (WHERE status = 'succeeded'),
                                      count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'skipped'), sum(effects), promise)
                        FROM run GROUP BY kind, promise
                        UNION ALL
                        SELECT format('%-22s %6s %9s %6s %7s %7s', 'in all', count(*), count(*) FILTER (WHERE status = 'succeeded'),
                                      count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'skipped'), sum(effects))
                        FROM run
                        """).stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining(
                        "\n",
                        "%-22s %6s %9s %6s %7s %7s  %s%n"
                                .formatted("kind", "runs", "succeeded", "failed", "skipped", "effects", "promise"),
                        "\n"));
    }

    /** Of what they failed, to see that the faults were those that were meant. */
    String failures() {
        return superuser.rows(RUNS + """
                        SELECT format('%s %5s  %s', sqlstate, count(*), min(split_part(return_message, E'\\n', 1)))
                        FROM run WHERE status = 'failed' GROUP BY sqlstate ORDER BY sqlstate
                        """).stream().map(row -> row.get(0)).collect(Collectors.joining("\n"));
    }
}
