package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** pg_timetable in its default configuration. It looks for chains once a minute, counted from its start; more than 960 it spreads over the minute. */
final class PgTimetable extends Program {

    private final Path binary;

    PgTimetable(Path binary, Path folder) {
        super("pg_timetable", "pg_timetable", 60, folder);
        this.binary = binary;
    }

    @Override
    void install(BenchmarkServer server) {
        try {
            if (launch(command(server, "--init"), server).waitFor() != 0) {
                throw new IllegalStateException("pg_timetable --init failed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    List<String> command(BenchmarkServer server) {
        return command(server, "--log-level=error");
    }

    private List<String> command(BenchmarkServer server, String option) {
        return List.of(
                binary.toString(),
                "--clientname=benchmark",
                "--connstr=host=127.0.0.1 port=" + server.port() + " dbname=" + database() + " user=postgres sslmode=disable",
                option);
    }

    @Override
    void clear() {
        sql().sql("DELETE FROM timetable.chain").update();
        await(Duration.ofSeconds(90), () -> count("SELECT count(*) FROM timetable.active_chain") == 0);
        sql().sql("TRUNCATE timetable.execution_log, timetable.log, hit").update();
        sql().sql("VACUUM ANALYZE timetable.chain, timetable.task").update();
    }

    @Override
    void insert(int first, int count, String schedule, String command, String role) {
        sql().sql("""
                WITH chain AS (
                    INSERT INTO timetable.chain (chain_name, run_at, live)
                    SELECT g::text, :schedule, true FROM generate_series(:first, :last) g
                    RETURNING chain_id, chain_name
                )
                INSERT INTO timetable.task (chain_id, task_order, command, run_as, autonomous)
                SELECT chain_id, 1, replace(:command, '#', chain_name), replace(:role, '#', chain_name), :topLevel FROM chain
                """)
                .param("first", first)
                .param("last", first + count - 1)
                .param("schedule", schedule.equals("1 second") ? "@every 1 second" : schedule)
                .param("command", command)
                .param("role", role)
                .param("topLevel", command.startsWith("VACUUM"))
                .update();
    }

    @Override
    String runs() {
        return "(SELECT last_run AS start_time, finished AS end_time, returncode = 0 AS succeeded FROM timetable.execution_log)";
    }

    @Override
    int daemon() {
        return (int) count("SELECT coalesce(max(server_pid), 0) FROM timetable.active_session");
    }

    @Override
    List<Integer> workers() {
        return sessions();
    }

    @Override
    boolean hasSeconds() {
        return true;
    }
}
