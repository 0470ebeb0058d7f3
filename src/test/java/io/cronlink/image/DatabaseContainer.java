package io.cronlink.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** The official PostgreSQL image on a private network, prepared by the SQL that README.md gives to an administrator. */
final class DatabaseContainer extends GenericContainer<DatabaseContainer> {

    static final String URL = "jdbc:postgresql://database:5432/app";
    static final String OWNER = "cronlink";
    static final String OWNER_PASSWORD = "owner's own, \\ with \"quotes\" and 100 %";

    private static final String READY = ".*database system is ready to accept connections.*\\s";

    DatabaseContainer(Network network) {
        super("postgres:18");
        withNetwork(network);
        withNetworkAliases("database");
        withEnv("POSTGRES_DB", "app");
        withEnv("POSTGRES_PASSWORD", "superuser's own");
        withEnv("CRONLINK_DATABASE_PASSWORD", OWNER_PASSWORD);
        withCopyFileToContainer(
                MountableFile.forHostPath("src/docker/prepare-database.sql", 0644),
                "/docker-entrypoint-initdb.d/prepare-database.sql");
        // The image starts the server twice: the first time for the script alone.
        waitingFor(Wait.forLogMessage(READY, 2));
    }

    /** What a query answers in its first row and column, as psql prints it. */
    String query(String sql) {
        ExecResult psql = psql(sql);
        assertThat(psql.getExitCode()).as(sql + "\n" + psql.getStderr()).isZero();
        return psql.getStdout().strip();
    }

    boolean answers() {
        return psql("SELECT 1").getExitCode() == 0;
    }

    private ExecResult psql(String sql) {
        return Commands.run(this, "psql", "-qXAt", "-U", OWNER, "-d", "app", "-c", sql);
    }

    /** Makes a job that fires every second and answers its id. */
    long scheduleEverySecond(String jobname) {
        return Long.parseLong(query("SELECT cron.schedule('" + jobname + "', '1 second', 'SELECT 1')"));
    }

    /** Runs a command as a job's run and answers the run's id. */
    long run(String command) {
        return Long.parseLong(query("SELECT cron.run_once('" + command + "')"));
    }

    String status(long runid) {
        return query("SELECT status FROM cron.job_run_details WHERE runid = " + runid);
    }

    long succeeded(long jobid) {
        return Long.parseLong(
                query("SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded' AND jobid = " + jobid));
    }

    long succeededOf(String jobnames) {
        return Long.parseLong(query("SELECT count(*) FROM cron.job_run_details JOIN cron.job USING (jobid)"
                + " WHERE status = 'succeeded' AND jobname LIKE '" + jobnames + "'"));
    }

    long doubledFires(long jobid) {
        return Long.parseLong(
                query("SELECT count(*) - count(DISTINCT scheduled_time) FROM cron.job_run_details WHERE jobid = "
                        + jobid + " AND trigger IN ('schedule', 'catch-up')"));
    }

    void restart() {
        DockerClientFactory.lazyClient()
                .restartContainerCmd(getContainerId())
                .withTimeout(10)
                .exec();
    }
}
