package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Mixed reads over REST with many jobs and a long history, at a steady rate, and the scheduler's punctuality meanwhile. */
record Rest(BenchmarkServer server, int seconds, boolean quick) implements Scenario {

    private static final int PER_SECOND = 200;
    private static final int CLIENTS = 12;
    private static final int PUNCTUAL = 20;

    @Override
    public String name() {
        return "rest";
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
        int jobs = quick ? 1_000 : 10_000;
        int runs = quick ? 10_000 : 1_000_000;
        cronlink.add(jobs, Scheduler.NEVER, Scheduler.NOTHING);
        cronlink.sql().sql("UPDATE cron.job SET jobname = 'job-' || jobid").update();
        cronlink.sql().sql(TickCost.RUNS).param("runs", runs).update();
        cronlink.sql().sql("UPDATE cron.job_run_details SET status = 'failed', sqlstate = '22012' WHERE runid % 100 = 0").update();
        cronlink.sql().sql("ANALYZE").update();
        scheduler.add(PUNCTUAL, "1 second", Scheduler.HIT);
        Scheduler.await(Duration.ofSeconds(30), () -> scheduler.count("SELECT count(DISTINCT job) FROM hit") >= PUNCTUAL);
        Service service = cronlink.service();
        Load load = new Load(service.url(), server.password(), jobs, runs);
        load.run(Duration.ofSeconds(quick ? 2 : 15));
        double before = Proc.memory(service.pid());
        String from = scheduler.sql().sql("SELECT clock_timestamp()::text").query(String.class).single();
        List<Double> times = load.run(Duration.ofSeconds(quick ? 5 : 2L * seconds));
        String what = "%,d jobs, %,d runs, %d requests a second: ".formatted(jobs, runs, PER_SECOND);
        for (int percentile : List.of(50, 99)) {
            results.add(name(), what + "answered, p" + percentile, "ms", scheduler, at(times, percentile / 100.0));
        }
        results.add(name(), what + "answered with an error", "", scheduler, load.errors());
        results.add(name(), what + "growth of the JVM's memory meanwhile", "MB", scheduler, Proc.memory(service.pid()) - before);
        List<Double> late = new ArrayList<>(scheduler.numbers("SELECT extract(epoch FROM at - scheduled)::float8 * 1000 FROM hit"
                + " WHERE scheduled >= '" + from + "'"));
        results.add(name(), what + "start of " + PUNCTUAL + " jobs a second meanwhile, p50", "ms late", scheduler, at(late, 0.5));
        results.add(name(), what + "start of " + PUNCTUAL + " jobs a second meanwhile, p99", "ms late", scheduler, at(late, 0.99));
    }

    private static double at(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.min(sorted.size() - 1.0, Math.floor(sorted.size() * share)));
    }

    /** Each request has its moment, whether or not those before it were answered: it waits in its time if they were not. */
    private static final class Load {

        private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final Random random = new Random(1);
        private final AtomicInteger errors = new AtomicInteger();
        private final String url;
        private final String login;
        private final int jobs;
        private final int runs;

        Load(String url, String password, int jobs, int runs) {
            this.url = url;
            login = "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
            this.jobs = jobs;
            this.runs = runs;
        }

        int errors() {
            return errors.get();
        }

        /** How long each took from its moment, in milliseconds. */
        List<Double> run(Duration duration) {
            errors.set(0);
            List<Double> times = Collections.synchronizedList(new ArrayList<>());
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            long begin = System.nanoTime();
            long count = duration.toSeconds() * PER_SECOND;
            for (long number = 0; number < count; number++) {
                long moment = begin + number * 1_000_000_000L / PER_SECOND;
                String path = path();
                clients.execute(() -> {
                    LockSupport.parkNanos(moment - System.nanoTime());
                    ask(path);
                    times.add((System.nanoTime() - moment) / 1e6);
                });
            }
            clients.shutdown();
            try {
                if (!clients.awaitTermination(duration.toSeconds() + 60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("requests are not answered");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
            return times;
        }

        private String path() {
            int job = 1 + random.nextInt(Math.min(jobs, 2_000));
            return switch (random.nextInt(10)) {
                case 0, 1 -> "/jobs?limit=50&after=" + random.nextInt(jobs);
                case 2 -> "/jobs?limit=50&sort=nextFire&name=*" + (10 + random.nextInt(90)) + "*";
                case 3, 4 -> "/jobs/" + job;
                case 5 -> "/runs?limit=50&jobid=" + job;
                case 6 -> "/runs?limit=50&before=" + (1 + random.nextInt(runs));
                case 7 -> "/runs/" + (1 + random.nextInt(runs));
                case 8 -> "/runs?limit=50&status=failed";
                default -> "/scheduler";
            };
        }

        private void ask(String path) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                    .header("Authorization", login)
                    .timeout(Duration.ofSeconds(30))
                    .build();
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                    errors.incrementAndGet();
                }
            } catch (IOException failure) {
                errors.incrementAndGet();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
