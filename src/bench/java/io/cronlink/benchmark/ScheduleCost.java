package io.cronlink.benchmark;

/** What Cronlink's schedule language costs: one next fire, and 10,000 schedules parsed. */
record ScheduleCost() implements Scenario {

    @Override
    public String name() {
        return "schedule";
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
        nextFire("every minute", "* * * * *", "2027-01-01Z", scheduler, results);
        nextFire("every day", "0 3 * * *", "2027-01-01Z", scheduler, results);
        nextFire("business hours", "*/15 8-18 * * mon-fri", "2027-01-01Z", scheduler, results);
        nextFire("last day of the month", "0 22 $ * *", "2027-01-01Z", scheduler, results);
        nextFire("every 10 seconds", "10 seconds", "2027-01-01Z", scheduler, results);
        nextFire("29 February on a Sunday, in 40 years", "0 0 29 2 */7", "2088-03-01Z", scheduler, results);
        nextFire("never", "0 0 31 2,4,6,9,11 *", "2027-01-01Z", scheduler, results);
        double parsing = timed(scheduler, """
                PERFORM count(cron_engine.parse_schedule(
                            format('%s,%s %s-23/2 */%s jan-%s mon-fri', i % 60, i / 60 % 60, i % 23, i % 30 + 1, i % 12 + 1)))
                   FROM generate_series(1, 10000) AS i;
                """, 1);
        results.add(name(), "10,000 different schedules parsed", "ms", scheduler, parsing / 1000);
    }

    /** Microseconds a call, over a year of different moments. */
    private void nextFire(String what, String schedule, String after, Scheduler scheduler, Results results) {
        double took = timed(scheduler, """
                PERFORM cron_engine.next_fire(s, 'Europe/Berlin', timestamptz '%1$s' + i * interval '8 hours', timestamptz '%1$s')
                   FROM cron_engine.parse_schedule('%2$s') AS s, generate_series(1, 1000) AS i;
                """.formatted(after, schedule), 1000);
        results.add(name(), "next fire, " + what, "µs", scheduler, took);
    }

    private static double timed(Scheduler scheduler, String step, int calls) {
        scheduler.sql().sql("""
                DO $body$
                DECLARE
                    v_start timestamptz;
                BEGIN
                    FOR round IN 0 .. 3 LOOP
                        v_start := clock_timestamp();
                        %s
                    END LOOP;
                    PERFORM set_config('benchmark.took', (extract(epoch FROM clock_timestamp() - v_start) * 1e6 / %d)::text, false);
                END
                $body$
                """.formatted(step, calls)).update();
        return scheduler.number("SELECT current_setting('benchmark.took')::float8");
    }
}
