package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** pgAgent as Debian packages it. It sleeps 5 s between its looks for jobs; without a limit, each job takes sessions of its own. */
final class PgAgent extends Program {

    static final Path BINARY = Path.of("/usr/bin/pgagent");
    static final Path EXTENSION = Path.of("/usr/share/postgresql/15/extension/pgagent.control");

    private int port;

    PgAgent(Path folder) {
        super("pgAgent", "pgagent", 5, folder);
    }

    @Override
    void install(BenchmarkServer server) {
        sql().sql("CREATE EXTENSION pgagent").update();
    }

    @Override
    List<String> command(BenchmarkServer server) {
        port = server.port();
        return List.of(BINARY.toString(), "-f", connection("postgres"));
    }

    private String connection(String role) {
        return "host=127.0.0.1 port=" + port + " dbname=" + database() + " user=" + role;
    }

    @Override
    void clear() {
        sql().sql("UPDATE pgagent.pga_job SET jobenabled = false").update();
        await(Duration.ofSeconds(30), () -> workers().isEmpty());
        sql().sql("TRUNCATE pgagent.pga_job CASCADE").update();
        sql().sql("TRUNCATE hit").update();
    }

    /** Where none of the values of a field is named, all are meant. */
    @Override
    void insert(int first, int count, String schedule, String command, String role) {
        String[] fields = schedule.split(" ");
        sql().sql("""
                WITH job AS (
                    INSERT INTO pgagent.pga_job (jobjclid, jobname)
                    SELECT (SELECT min(jclid) FROM pgagent.pga_jobclass), g::text FROM generate_series(:first, :last) g
                    RETURNING jobid, jobname
                ), step AS (
                    INSERT INTO pgagent.pga_jobstep (jstjobid, jstname, jstkind, jstcode, jstconnstr)
                    SELECT jobid, jobname, 's', replace(:command, '#', jobname), replace(:connection, '#', jobname) FROM job
                )
                INSERT INTO pgagent.pga_schedule (jscjobid, jscname, jscminutes, jschours, jscmonthdays, jscmonths)
                SELECT jobid, jobname,
                       (SELECT array_agg(i::text = :minute) FROM generate_series(0, 59) i),
                       (SELECT array_agg(i::text = :hour) FROM generate_series(0, 23) i),
                       (SELECT array_agg(i::text = :day) FROM generate_series(1, 32) i),
                       (SELECT array_agg(i::text = :month) FROM generate_series(1, 12) i)
                  FROM job
                """)
                .param("first", first)
                .param("last", first + count - 1)
                .param("command", command)
                .param("connection", connection(role))
                .param("minute", fields[0])
                .param("hour", fields[1])
                .param("day", fields[2])
                .param("month", fields[3])
                .update();
    }

    /** The next scenario begins with a new one: the looks themselves take time, so that it drifts. */
    @Override
    void end() {
        super.end();
        close();
    }

    @Override
    String runs() {
        return "(SELECT jlgstart AS start_time, jlgstart + jlgduration AS end_time, jlgstatus = 's' AS succeeded FROM pgagent.pga_joblog)";
    }

    @Override
    int daemon() {
        return (int) count("SELECT coalesce(max(jagpid), 0) FROM pgagent.pga_jobagent");
    }

    @Override
    List<Integer> workers() {
        int daemon = daemon();
        return sessions().stream().filter(pid -> pid != daemon).toList();
    }

    @Override
    boolean hasSeconds() {
        return false;
    }

    @Override
    int mostJobs() {
        return 1_000;
    }
}
