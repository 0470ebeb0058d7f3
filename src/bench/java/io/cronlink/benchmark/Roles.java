package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A job of each of many roles, all due in the same minute. */
record Roles(BenchmarkServer server, boolean asManyAsPossible) implements Scenario {

    static final int ROLES = Scheduler.TABLES;
    private static final String ROLE = "role_#";

    static List<String> names() {
        return IntStream.rangeClosed(1, ROLES)
                .mapToObj(role -> ROLE.replace("#", Integer.toString(role)))
                .toList();
    }

    @Override
    public String name() {
        return "roles";
    }

    @Override
    public ServerKind kind() {
        return asManyAsPossible ? ServerKind.MANY_RUNS : ServerKind.PLAIN;
    }

    @Override
    public boolean isRepeated() {
        return asManyAsPossible;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        scheduler.admit(names(), server.password());
        if (asManyAsPossible) {
            scheduler.limit(128);
        }
        String what = ROLES + " roles, a job each in one minute, "
                + (asManyAsPossible ? "max_running_jobs 128: " : "limits by default: ");
        Instant due = Burst.addJobs(scheduler, ROLES, Scheduler.HIT, ROLE);
        scheduler.awaitRuns(ROLES);
        results.add(name(), what + "last start by the job's clock, after", "s", scheduler, Results.percentile(Burst.starts(scheduler, due), 100));
        Burst.lastEnd(scheduler, due, name(), what, results);
    }
}
