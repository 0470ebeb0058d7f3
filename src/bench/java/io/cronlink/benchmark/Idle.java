package io.cronlink.benchmark;

import java.time.Duration;

/** What it costs to have many jobs, none of which is due. */
record Idle(int jobs, int seconds) implements Scenario {

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        scheduler.add(jobs, "0 0 29 2 *", Scheduler.NOTHING);
        scheduler.sql().sql("ANALYZE cron.job").update();
        // What follows such an INSERT by itself, of the server's own accord, is over then.
        Scheduler.pause(Duration.ofSeconds(jobs > 1000 ? 20 : 5));
        int daemon = scheduler.daemon();
        double rows = scheduler.rowVersions();
        double wal = scheduler.walPosition();
        double cpu = Proc.cpu(daemon);
        Scheduler.pause(Duration.ofSeconds(seconds));
        double used = Proc.cpu(daemon) - cpu;
        double written = scheduler.walPosition() - wal;
        String what = "%,d jobs, none due: ".formatted(jobs);
        results.add(name(), what + "CPU of the daemon", "% of a core", scheduler, used / seconds * 100);
        results.add(name(), what + "WAL of the whole server", "bytes/min", scheduler, written / seconds * 60);
        results.add(name(), what + "row versions written", "rows/min", scheduler, (scheduler.rowVersions() - rows) / seconds * 60);
        results.add(name(), what + "daemon's own memory", "MB", scheduler, Proc.ownMemory(daemon));
    }
}
