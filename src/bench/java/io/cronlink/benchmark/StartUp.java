package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;

/** From java -jar to the first job fired, on a database that was migrated before; and how much memory the service takes after a time. */
record StartUp(BenchmarkServer server, int minutes) implements Scenario {

    @Override
    public String name() {
        return "startup";
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
        scheduler.add(1, "1 second", Scheduler.HIT);
        Instant start = Instant.now();
        cronlink.startService(server);
        Scheduler.await(Duration.ofSeconds(60), () -> scheduler.count("SELECT count(*) FROM hit") > 0);
        double first = scheduler.number("SELECT extract(epoch FROM min(at))::float8 FROM hit");
        results.add(name(), "java -jar to the first job fired", "s", scheduler, first - start.toEpochMilli() / 1000.0);
        scheduler.sql().sql("DELETE FROM cron.job").update();
        Scheduler.pause(Duration.ofSeconds(10));
        results.add(name(), "memory of the JVM (RSS), 10 s later", "MB", scheduler, Proc.memory(scheduler.program()));
        Scheduler.pause(Duration.ofMinutes(minutes));
        results.add(name(), "memory of the JVM (RSS), %d minutes later".formatted(minutes), "MB", scheduler, Proc.memory(scheduler.program()));
    }
}
