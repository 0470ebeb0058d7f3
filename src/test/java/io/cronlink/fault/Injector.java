package io.cronlink.fault;

import static org.awaitility.Awaitility.await;

import io.cronlink.daemon.DaemonProcess;
import io.cronlink.database.CrashableServer;
import io.cronlink.database.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Does to the engine what a seed says. */
final class Injector implements AutoCloseable {

    private static final int LONGEST_PAUSE = 700;
    private static final String WORKERS = """
            FROM pg_stat_activity
            WHERE datname = 'cronlink' AND application_name LIKE 'cronlink%%' AND application_name <> 'cronlink daemon' AND %s
            ORDER BY pid OFFSET %d LIMIT 1""";
    private static final String OF_WORK = "query LIKE 'CALL cron_engine.work(%'";
    private static final String OF_LEADER = " FROM cron_engine.daemon_status() WHERE leader_pid IS NOT NULL";
    private static final String EFFECT =
            "INSERT INTO public.effects (runid) VALUES (current_setting(''cronlink.runid'')::bigint)";

    private final CrashableServer server;
    private final long seed;
    private final Predicate<Fault> which;
    private final Session owner;
    private final Session superuser;
    private final Session hostile;
    private final Proxy network;
    private final Proxy loopback;
    private final List<DaemonProcess> services = new ArrayList<>();
    private final Map<Fault, Integer> done = new ConcurrentSkipListMap<>();

    Injector(CrashableServer server, long seed, Predicate<Fault> which) {
        this.server = server;
        this.seed = seed;
        this.which = which;
        this.owner = new Session(server.owner());
        this.superuser = new Session(server.superuser());
        this.hostile =
                new Session(new Login(server.owner().url(), Workload.HOSTILE, Workload.password(Workload.HOSTILE)));
        this.network = new Proxy(server.port());
        this.loopback = new Proxy(server.port());
        services.add(startService());
        services.add(startService());
    }

    Map<Fault, Integer> done() {
        return done;
    }

    private DaemonProcess startService() {
        return DaemonProcess.start(server.ownerThrough(network.port()), loopback.port());
    }

    /** Two at a time: the quick ones, and those that last. */
    void injectUntil(Instant end) {
        ExecutorService injectors = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = List.of(
                    injectors.submit(() -> injectUntil(end, true, new Random(seed))),
                    injectors.submit(() -> injectUntil(end, false, new Random(seed + 1))));
            for (Future<?> one : both) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            injectors.shutdownNow();
        }
    }

    private void injectUntil(Instant end, boolean quick, Random random) {
        List<Fault> lots = Arrays.stream(Fault.values())
                .filter(which.and(fault -> fault.isQuick() == quick))
                .flatMap(fault -> Collections.nCopies(fault.weight(), fault).stream())
                .toList();
        while (Instant.now().isBefore(end)) {
            pause(random.nextInt(LONGEST_PAUSE));
            Fault fault = lots.get(random.nextInt(lots.size()));
            if (inject(fault, random)) {
                done.merge(fault, 1, Integer::sum);
            }
        }
    }

    private boolean inject(Fault fault, Random random) {
        return switch (fault) {
            case TERMINATE_WORKER -> signal("pg_terminate_backend(pid)", OF_WORK, random);
            case CANCEL_WORKER -> signal("pg_cancel_backend(pid)", OF_WORK, random);
            case TERMINATE_TOP_LEVEL -> signal("pg_terminate_backend(pid)", "NOT " + OF_WORK, random);
            case CANCEL_RUN -> cancelRun(random);
            case TERMINATE_DAEMON -> answers("SELECT pg_terminate_backend(leader_pid)" + OF_LEADER);
            case CANCEL_DAEMON -> answers("SELECT pg_cancel_backend(leader_pid)" + OF_LEADER);
            case KILL_WORKER -> killWorker(random);
            case CUT_NETWORK -> cut(network);
            case CUT_LOOPBACK -> cut(loopback);
            case KILL_SERVICE -> killService(random);
            case CRASH_SERVER -> crashServer();
            case SILENCE_NETWORK -> silence(random);
            case FREEZE_WORKER -> freezeWorker(random);
            case LOCK_CATALOGUE -> lockCatalogue(random);
            case CHANGE_PASSWORD -> changePassword(random);
            case DROP_ROLE -> dropRole(random);
            case MOVE_CLOCK -> moveClock(random);
            case PAUSE -> pauseAll(random);
            case UNSCHEDULE -> unschedule(random);
            case FLOOD -> flood();
            case POISON_ROW -> poisonRow(random);
            case SIGNAL_OWN_WORKERS -> signalOwnWorkers(random);
            case HOLD_LOCKS -> holdLocks(random);
            case LOCK_OWN_ROWS -> lockOwnRows(random);
            case COSTLY_PASSWORD -> costlyPassword(random);
            case LIMIT_ROLE -> limitRole(random);
        };
    }

    private boolean answers(String sql) {
        return superuser.row(sql).isPresent();
    }

    private boolean signal(String how, String which, Random random) {
        return answers("SELECT " + how + " " + WORKERS.formatted(which, random.nextInt(5)));
    }

    private boolean cancelRun(Random random) {
        return answers("SELECT cron.cancel(runid) FROM cron_engine.queue WHERE pid IS NOT NULL OFFSET "
                + random.nextInt(4) + " LIMIT 1");
    }

    private Optional<Integer> worker(Random random) {
        return superuser
                .row("SELECT pid " + WORKERS.formatted(OF_WORK, random.nextInt(5)))
                .map(row -> Integer.valueOf(row.get(0)));
    }

    private boolean killWorker(Random random) {
        Optional<Integer> worker = worker(random);
        worker.ifPresent(server::kill);
        return worker.isPresent();
    }

    private static boolean cut(Proxy proxy) {
        proxy.cut();
        return true;
    }

    private boolean killService(Random random) {
        int victim = random.nextInt(services.size());
        services.get(victim).kill();
        services.set(victim, startService());
        return true;
    }

    private boolean crashServer() {
        server.crash();
        server.restart();
        return true;
    }

    private boolean silence(Random random) {
        network.fallSilent();
        pause(random.nextInt(1_000, 12_000));
        network.resume();
        if (random.nextBoolean()) {
            network.cut();
        }
        return true;
    }

    private boolean freezeWorker(Random random) {
        Optional<Integer> worker = worker(random);
        worker.ifPresent(pid -> {
            server.stopProcess(pid);
            pause(random.nextInt(200, 3_000));
            server.continueProcess(pid);
        });
        return worker.isPresent();
    }

    private boolean lockCatalogue(Random random) {
        List<String> tables = List.of(
                "cron.job",
                "cron.job_run_details",
                "cron_engine.queue",
                "cron_engine.timer",
                "cron.settings",
                "public.effects");
        return owner.attempt("BEGIN; LOCK TABLE " + tables.get(random.nextInt(tables.size()))
                + " IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(" + random.nextInt(3_000) / 1000.0 + "); COMMIT");
    }

    private boolean changePassword(Random random) {
        String role = Workload.ROLES[random.nextInt(Workload.ROLES.length)];
        superuser.execute("ALTER ROLE " + role + " PASSWORD 'another'");
        // Who is in stays in; only who comes in is asked.
        signal("pg_terminate_backend(pid)", "usename = '" + role + "'", random);
        pause(random.nextInt(500));
        superuser.execute("ALTER ROLE " + role + " PASSWORD '" + Workload.password(role) + "'");
        return true;
    }

    private boolean dropRole(Random random) {
        String role = "passing_" + random.nextInt(1_000_000);
        superuser.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'passing'");
        owner.execute(
                "SELECT cron.add_login('" + role + "', 'passing')",
                "INSERT INTO cron.job (jobname, username, schedule, command) VALUES ('passing', '" + role
                        + "', '1 second', 'SELECT pg_sleep(0.5)')");
        pause(random.nextInt(2_000));
        superuser.execute("DROP ROLE IF EXISTS " + role);
        pause(random.nextInt(1_000));
        owner.execute("DELETE FROM cron.job WHERE username = '" + role + "'", "SELECT cron.drop_login('" + role + "')");
        return true;
    }

    /** As the leader of the moment, which is what a daemon on a machine with a wrong clock would be. */
    private boolean moveClock(Random random) {
        int hours = random.nextInt(1, 6) * (random.nextBoolean() ? 1 : -1);
        String wrong = "SELECT cron_engine.tick(clock_timestamp() + interval '" + hours + " hours')";
        superuser.row("SELECT pg_terminate_backend(leader_pid)" + OF_LEADER);
        try (Connection connection = server.owner().connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; !leads(statement); i++) {
                if (i == 100) {
                    return false;
                }
                pause(5);
            }
            for (String sql : List.of(
                    "INSERT INTO public.clock_jump (first_runid) SELECT last_value FROM cron.runid_seq",
                    "SELECT cron_engine.tick(clock_timestamp())",
                    wrong,
                    wrong,
                    "SELECT cron_engine.tick(clock_timestamp())",
                    "UPDATE public.clock_jump SET last_runid = (SELECT last_value FROM cron.runid_seq) WHERE last_runid IS NULL")) {
                statement.execute(sql);
            }
            return true;
        } catch (SQLException gone) {
            return false;
        }
    }

    private static boolean leads(Statement statement) throws SQLException {
        try {
            statement.execute("SELECT cron_engine.lead()");
            return true;
        } catch (SQLException another) {
            if ("55006".equals(another.getSQLState())) {
                return false;
            }
            throw another;
        }
    }

    private boolean pauseAll(Random random) {
        owner.execute("UPDATE cron.settings SET paused = true");
        pause(random.nextInt(2_000));
        owner.execute("UPDATE cron.settings SET paused = false");
        return true;
    }

    /** What runs goes on and is recorded, though its job is gone. */
    private boolean unschedule(Random random) {
        owner.execute(
                "SELECT cron.run_once('" + EFFECT + "; SELECT pg_sleep(1)')",
                "SELECT cron.schedule('short-lived', '1 second', '" + EFFECT + "; SELECT pg_sleep(2)')");
        pause(random.nextInt(1_000, 3_000));
        // Tried again after a crash of the server, the first attempt may have got through.
        owner.execute("DELETE FROM cron.job WHERE jobname = 'short-lived'");
        return true;
    }

    private boolean flood() {
        return hostile.attempt("SELECT cron.run_once('SELECT pg_sleep(3)') FROM generate_series(1, 40)");
    }

    /** What no check lets in, on a run that only harms its own role. */
    private boolean poisonRow(Random random) {
        String change = List.of(
                        "timeout = '178000000 years'", "statement_timeout = '178000000 years'", "priority = 2147483647")
                .get(random.nextInt(3));
        return answers("UPDATE cron_engine.queue SET " + change + " WHERE username = '" + Workload.HOSTILE
                + "' RETURNING runid");
    }

    private boolean signalOwnWorkers(Random random) {
        String signal = random.nextBoolean() ? "pg_terminate_backend" : "pg_cancel_backend";
        return hostile.attempt("SELECT " + signal
                + "(pid) FROM pg_stat_activity WHERE usename = CURRENT_USER AND application_name LIKE 'cronlink%'");
    }

    /** All keys that the engine may use of, as far as they are free. */
    private boolean holdLocks(Random random) {
        return hostile.attempt("""
                SELECT pg_try_advisory_lock(1129467470, n), pg_try_advisory_lock(1129467471, n), pg_try_advisory_lock(n)
                FROM (SELECT pid FROM pg_stat_activity UNION ALL SELECT generate_series(0, 100)) AS k (n);
                SELECT pg_sleep(%s)""".formatted(seconds(random, 3_000)));
    }

    private boolean lockOwnRows(Random random) {
        return hostile.attempt("""
                BEGIN;
                SELECT cron.set_options(jobid, priority => -1) FROM cron.job WHERE username = CURRENT_USER;
                SELECT pg_sleep(%s);
                COMMIT""".formatted(seconds(random, 3_000)));
    }

    /** Whoever logs in as this role computes for seconds, and nothing reaches him meanwhile. */
    private boolean costlyPassword(Random random) {
        boolean done = hostile.attempt(
                "ALTER ROLE mallory PASSWORD 'SCRAM-SHA-256$5000000:AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='");
        if (done) {
            answers("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'mallory'");
            pause(random.nextInt(3_000));
        }
        superuser.execute("ALTER ROLE mallory PASSWORD '" + Workload.password(Workload.HOSTILE) + "'");
        return done;
    }

    private boolean limitRole(Random random) {
        superuser.execute("ALTER ROLE mallory " + (random.nextBoolean() ? "CONNECTION LIMIT 1" : "NOLOGIN"));
        pause(random.nextInt(3_000));
        superuser.execute("ALTER ROLE mallory LOGIN CONNECTION LIMIT -1");
        return true;
    }

    private static double seconds(Random random, int milliseconds) {
        return random.nextInt(milliseconds) / 1000.0;
    }

    /** No fault, and no fire any more: what it has to do it can end. */
    void rest() {
        network.resume();
        owner.execute("UPDATE cron.settings SET paused = false");
        Workload.stop(superuser, owner);
        await().atMost(Duration.ofSeconds(30)).until(() -> answers("SELECT" + OF_LEADER));
    }

    void stopServices() {
        services.forEach(DaemonProcess::close);
        services.clear();
    }

    private static void pause(int milliseconds) {
        LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    }

    @Override
    public void close() {
        stopServices();
        network.close();
        loopback.close();
    }
}
