package io.cronlink.benchmark;

import java.util.List;

/** What a tick of Cronlink takes, by the size of the catalogue. Scenario history has the same with a long history. */
record TickCost(boolean quick) implements Scenario {

    /** Runs that ended long ago, spread over the first 2,000 jobs. */
    static final String RUNS = """
            INSERT INTO cron.job_run_details (jobid, database, username, command, status, return_message, start_time, end_time,
                                              scheduled_time, queued_time, trigger, attempt, result)
            SELECT g % 2000 + 1, current_database(), 'app', 'SELECT 1', 'succeeded', '1 row', now(), now(), now(), now(), 'schedule', 1, '1'
              FROM generate_series(1, :runs) g
            """;

    private static final int TICKS = 1000;

    @Override
    public String name() {
        return "tick";
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return scheduler.isCronlink();
    }

    @Override
    public boolean isRepeated() {
        return false;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (!(scheduler instanceof Cronlink cronlink)) {
            return;
        }
        cronlink.stopService();
        scheduler.add(100, Scheduler.NEVER, Scheduler.NOTHING);
        measure(name(), "100 jobs, no history", scheduler, results);
        scheduler.add(quick ? 9_900 : 99_900, Scheduler.NEVER, Scheduler.NOTHING);
        measure(name(), (quick ? "10,000" : "100,000") + " jobs, no history", scheduler, results);
    }

    /** The tick is called here, so no service may run. */
    static void measure(String scenario, String size, Scheduler scheduler, Results results) {
        // With the settings of a daemon's session.
        scheduler.sql().sql("SELECT cron_engine.lead()").query().singleRow();
        for (String table : List.of("cron.job", "cron.job_run_details", "cron_engine.timer", "cron_engine.due", "cron_engine.queue")) {
            scheduler.sql().sql("VACUUM ANALYZE " + table).update();
        }
        results.add(scenario, "empty tick, " + size, "µs", scheduler, idle(scheduler));
        results.add(scenario, "tick that fires 50 jobs, " + size, "µs", scheduler, firing(scheduler));
    }

    /** All that the daemon does in a round in which nothing happens. */
    private static double idle(Scheduler scheduler) {
        return timed(scheduler, """
                PERFORM cron_engine.tick(v_now, cron_engine.head_start());
                PERFORM cron_engine.staff(v_now);
                PERFORM cron_engine.notify_started('{}');
                PERFORM cron_engine.sleep_time(v_now, 0.2, 0);
                COMMIT;
                """, TICKS);
    }

    private static double firing(Scheduler scheduler) {
        return timed(scheduler, """
                UPDATE cron_engine.due SET next_fire = v_now WHERE jobid % 2 = 0 AND jobid <= 100;
                UPDATE cron_engine.timer SET next_fire = v_now, scheduled_time = v_now WHERE jobid % 2 = 0 AND jobid <= 100;
                COMMIT;
                v_start := clock_timestamp();
                PERFORM cron_engine.tick(v_now, cron_engine.head_start());
                COMMIT;
                v_took := v_took + (clock_timestamp() - v_start);
                DELETE FROM cron_engine.queue;
                COMMIT;
                """, 50);
    }

    private static double timed(Scheduler scheduler, String step, int times) {
        scheduler.sql().sql("""
                DO $body$
                DECLARE
                    v_now   timestamptz;
                    v_first timestamptz;
                    v_start timestamptz;
                    v_took  interval := '0';
                BEGIN
                    FOR i IN -20 .. %2$d LOOP
                        IF i = 1 THEN
                            v_first := clock_timestamp();
                            v_took := '0';
                        END IF;
                        v_now := clock_timestamp();
                        %1$s
                    END LOOP;
                    IF v_took = '0' THEN
                        v_took := clock_timestamp() - v_first;
                    END IF;
                    PERFORM set_config('benchmark.took', (extract(epoch FROM v_took) * 1e6 / %2$d)::text, false);
                END
                $body$
                """.formatted(step, times)).update();
        return scheduler.number("SELECT current_setting('benchmark.took')::float8");
    }
}
