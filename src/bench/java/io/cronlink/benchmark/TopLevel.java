package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Instant;

/** Jobs that can run at top level only, each on a table of its own so that none waits for another's lock. */
record TopLevel() implements Scenario {

    @Override
    public String name() {
        return "toplevel";
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        Instant due = Burst.addJobs(scheduler, Scheduler.TABLES, "VACUUM tiny_#", BenchmarkServer.JOB_ROLE);
        scheduler.awaitRuns(Scheduler.TABLES);
        Burst.lastEnd(scheduler, due, name(), Scheduler.TABLES + " times VACUUM in one minute: ", results);
    }
}
