package io.cronlink.benchmark;

import java.time.Duration;
import java.util.List;

/** What it costs to have many jobs, none of which is due. */
record Idle(int jobs, int seconds) implements Scenario {

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public boolean suits(Scheduler scheduler) {
        return jobs <= scheduler.mostJobs();
    }

    @Override
    public boolean isRepeated() {
        return jobs == 100_000;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        scheduler.add(jobs, Scheduler.NEVER, Scheduler.NOTHING);
        scheduler.sql().sql("ANALYZE").update();
        // What follows such an INSERT by itself, of the server's own accord, is over then.
        Scheduler.pause(Duration.ofSeconds(jobs > 1000 ? 20 : 5));
        int daemon = scheduler.daemon();
        double rows = scheduler.rowVersions();
        double wal = scheduler.walPosition();
        Usage ofDaemon = new Usage(() -> List.of(daemon));
        Usage ofSessions = new Usage(scheduler::sessions);
        Usage ofProgram = new Usage(() -> List.of(scheduler.program()));
        for (int second = 0; second < seconds; second++) {
            Scheduler.pause(Duration.ofSeconds(1));
            ofSessions.look();
        }
        String what = "%,d jobs, none due: ".formatted(jobs);
        results.add(name(), what + "CPU of the daemon's session", "% of a core", scheduler, ofDaemon.percent());
        results.add(name(), what + "CPU of all its sessions on the server", "% of a core", scheduler, ofSessions.percent());
        if (scheduler.program() != 0) {
            results.add(name(), what + "CPU of its program outside the server", "% of a core", scheduler, ofProgram.percent());
        }
        double minutes = seconds / 60.0;
        results.add(name(), what + "WAL of the whole server", "bytes/min", scheduler, (scheduler.walPosition() - wal) / minutes);
        results.add(name(), what + "row versions written", "rows/min", scheduler, (scheduler.rowVersions() - rows) / minutes);
        results.add(name(), what + "daemon's own memory", "MB", scheduler, Proc.ownMemory(daemon));
    }
}
