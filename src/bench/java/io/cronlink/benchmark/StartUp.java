package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.time.Duration;
import java.time.Instant;

/** From java -jar to the first job fired, on a database that was migrated before; and how much memory the service takes. */
record StartUp(BenchmarkServer server) implements Scenario {

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public boolean isOnlyForCronlink() {
        return true;
    }

    @Override
    public void run(Scheduler scheduler, Results results) {
        if (!(scheduler instanceof Cronlink cronlink)) {
            return;
        }
        cronlink.stopService();
        scheduler.add(1, "1 second", Scheduler.HIT);
        Instant start = Instant.now();
        Process service = cronlink.startService(server, Cronlink.DATABASE);
        try {
            Scheduler.await(Duration.ofSeconds(60), () -> scheduler.count("SELECT count(*) FROM hit") > 0);
            double first = scheduler.number("SELECT extract(epoch FROM min(at))::float8 FROM hit");
            results.add(name(), "java -jar to the first job fired", "s", scheduler, first - start.toEpochMilli() / 1000.0);
            Scheduler.pause(Duration.ofSeconds(10));
            results.add(name(), "memory of the JVM after 10 s", "MB", scheduler, Proc.memory((int) service.pid()));
        } finally {
            Cronlink.stop(service);
        }
    }
}
