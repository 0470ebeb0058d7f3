package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Who is compared: those that are there. */
final class Peers {

    private final BenchmarkServer server;
    private final @Nullable Path newest;
    private final Scheduler cronlink;
    private final List<Scheduler> programs = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();

    Peers(BenchmarkServer server, Options options, Path jar, Path folder) {
        this.server = server;
        this.newest = options.pgCron();
        this.cronlink = new Cronlink(jar, folder.resolve("service"));
        Path logs = folder.resolve("peers");
        if (Files.exists(PgAgent.BINARY) && Files.exists(PgAgent.EXTENSION)) {
            programs.add(new PgAgent(logs));
        } else {
            missing.add("pgAgent (Debian's package pgagent is not installed)");
        }
        Path pgTimetable = options.pgTimetable();
        if (pgTimetable != null && Files.isExecutable(pgTimetable)) {
            programs.add(new PgTimetable(pgTimetable, logs));
        } else {
            missing.add("pg_timetable (" + (pgTimetable == null ? "its program was not named" : "there is no program " + pgTimetable) + ")");
        }
        if (newest == null) {
            missing.add("the newest pg_cron (its directory was not named)");
        }
    }

    /** Schedulers that run on the server as it is started for them. */
    record Group(String version, @Nullable Path pgCron, boolean backgroundWorkers, List<Scheduler> schedulers) {

        void start(BenchmarkServer server, ServerKind kind) throws IOException {
            if (pgCron == null) {
                server.useDebian();
            } else {
                server.usePgCron(pgCron);
            }
            Map<String, String> settings = new TreeMap<>(kind.settings);
            settings.put("cron.database_name", PgCron.database(version));
            if (backgroundWorkers) {
                settings.put("cron.use_background_workers", "on");
            }
            server.start(settings);
        }
    }

    /** Roles, and a database for each pg_cron. */
    void prepare() throws IOException {
        for (Path directory : newest == null ? Arrays.asList((Path) null) : Arrays.asList(null, newest)) {
            if (directory != null) {
                server.usePgCron(directory);
            }
            server.start(Map.of());
            SingleConnectionDataSource session = Sessions.open(server.superuser("postgres"));
            JdbcClient superuser = JdbcClient.create(session);
            if (versions.isEmpty()) {
                createRoles(superuser);
            }
            String version = superuser.sql("SELECT split_part(default_version, '-', 1) FROM pg_available_extensions WHERE name = 'pg_cron'")
                    .query(String.class)
                    .single();
            if (versions.contains(version)) {
                throw new IllegalStateException(directory + " has the pg_cron " + version + " that Debian has");
            }
            versions.add(version);
            superuser.sql("CREATE DATABASE " + PgCron.database(version)).update();
            session.destroy();
            server.stop();
        }
    }

    private void createRoles(JdbcClient superuser) {
        List<String> roles = new ArrayList<>(Roles.names());
        roles.add(BenchmarkServer.OWNER);
        roles.add(BenchmarkServer.JOB_ROLE);
        for (String role : roles) {
            superuser.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, server.password())).update();
        }
        roles.remove(BenchmarkServer.OWNER);
        superuser.sql("GRANT %s TO %s".formatted(String.join(", ", roles), BenchmarkServer.OWNER)).update();
    }

    /** Where the server itself is another, only Cronlink and the pg_cron it is compared with. */
    List<Group> groups(ServerKind kind) {
        boolean plain = kind == ServerKind.PLAIN;
        List<Group> groups = new ArrayList<>();
        for (String version : versions) {
            boolean debian = version.equals(versions.get(0));
            Path directory = debian ? null : newest;
            List<Scheduler> schedulers = new ArrayList<>();
            if (debian) {
                schedulers.add(cronlink);
            }
            if (plain || compared().equals("pg_cron " + version)) {
                schedulers.add(new PgCron(version, false));
            }
            if (debian && plain) {
                schedulers.addAll(programs);
            }
            groups.add(new Group(version, directory, false, schedulers));
            if (plain) {
                groups.add(new Group(version, directory, true, List.of(new PgCron(version, true))));
            }
        }
        return groups;
    }

    /** The newest pg_cron in its default configuration. */
    String compared() {
        return "pg_cron " + versions.get(versions.size() - 1);
    }

    List<String> missing() {
        return missing;
    }
}
