package io.cronlink.job;

import io.cronlink.http.Version;
import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job and cron.job_options: their triggers validate what is written here as they do for everybody else. */
@Repository
class Jobs {

    private static final RowMapper<Job> ROWS = Columns.rows(Job.class);

    private static final String CHOICE = """
            FROM cron.job AS j
            LEFT JOIN cron.job_options AS o USING (jobid)
            LEFT JOIN cron_engine.timer AS t USING (jobid)
            LEFT JOIN cron_engine.job_state AS s USING (jobid)
            LEFT JOIN cron_engine.deactivation AS d USING (jobid)
            WHERE\s""";

    private static final String DIGEST = """
            SELECT md5(concat(j::text, o::text))
            FROM cron.job AS j LEFT JOIN cron.job_options AS o USING (jobid)
            WHERE j.jobid = :jobid
            """;

    /** What is in cron.job itself; all else is an option. */
    private static final Set<String> COLUMNS =
            Set.of("jobname", "schedule", "command", "active", "nodename", "nodeport", "database", "username");

    private final JdbcClient database;
    private final Transactions transactions;

    Jobs(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Chosen first, and then looked at: what the history has of a job is read for those on the page only. */
    JobPage list(JobFilter filter, JobOrder order, int limit) {
        JobOrder.@Nullable Position after = order.after();
        List<JobOrder.Position> page = database.sql(
                        "SELECT " + order.expression() + "::text AS value, j.jobid " + CHOICE
                                + filter.condition() + " AND " + order.condition() + " ORDER BY " + order.clause()
                                + " LIMIT :limit")
                .params(filter.parameters())
                .param("value", after == null ? null : after.value())
                .param("jobid", after == null ? null : after.jobid())
                .param("limit", limit)
                .query(Columns.rows(JobOrder.Position.class))
                .list();
        return new JobPage(
                read(page.stream().map(JobOrder.Position::jobid).toList()),
                page.size() < limit ? null : order.next(page.get(page.size() - 1)));
    }

    /** Cut when the rows are chosen, so that no text of another one is looked at. */
    private List<Job> read(List<Long> jobids) {
        return database.sql("SELECT " + Columns.select(Job.class, Columns.BRIEF) + """
                         FROM (SELECT j.*, array_position(:jobids, j.jobid) AS place
                               FROM cron.job_details AS j WHERE j.jobid = ANY (:jobids)) AS j
                         ORDER BY place
                        """)
                .param("jobids", jobids.toArray(Long[]::new))
                .query(ROWS)
                .list();
    }

    Optional<Job> find(long jobid) {
        return database.sql("SELECT " + Columns.select(Job.class, Columns.WHOLE)
                        + " FROM (SELECT j.* FROM cron.job_details AS j WHERE j.jobid = :jobid) AS j")
                .param("jobid", jobid)
                .query(ROWS)
                .optional();
    }

    Optional<Long> find(String jobname, String username) {
        return find(database, jobname, username);
    }

    private static Optional<Long> find(JdbcClient database, String jobname, String username) {
        return database.sql("SELECT jobid FROM cron.job WHERE jobname = :jobname AND username = :username")
                .param("jobname", jobname)
                .param("username", username)
                .query(Long.class)
                .optional();
    }

    /** @return a digest of what is set of a job, see {@link Version} */
    Optional<String> digest(long jobid) {
        return database.sql(DIGEST).param("jobid", jobid).query(String.class).optional();
    }

    String serviceRole() {
        return database.sql("SELECT current_user").query(String.class).single();
    }

    Written<Long> add(Change job) {
        return transactions.execute(transaction -> {
            long jobid = job.only(COLUMNS)
                    .insert(transaction, "cron.job", "jobid")
                    .query(Long.class)
                    .single();
            setOptions(transaction, jobid, job);
            return jobid;
        });
    }

    /** As {@code cron.schedule} with a name does: makes the job, or gives the one of this name and role what is named. */
    Written<Scheduled> schedule(String jobname, String username, Change job, @Nullable String ifMatch) {
        return transactions.execute(transaction -> {
            Optional<Long> present = find(transaction, jobname, username);
            present.ifPresent(jobid -> requireVersion(transaction, jobid, ifMatch));
            long jobid = transaction
                    .sql("""
                            SELECT cron.schedule_in_database(:jobname, :schedule, :command,
                                coalesce(:database, (SELECT database FROM cron.job WHERE jobid = :present), current_database()),
                                :username)
                            """)
                    .param("jobname", jobname)
                    .param("username", username)
                    .param("schedule", job.get("schedule"))
                    .param("command", job.get("command"))
                    .param("database", job.get("database"))
                    .param("present", present.orElse(null))
                    .query(Long.class)
                    .single();
            set(transaction, jobid, job.without(Set.of("schedule", "command", "database")));
            return new Scheduled(jobid, present.isEmpty());
        });
    }

    /** @param isNew false: there was one of that name */
    record Scheduled(long jobid, boolean isNew) {}

    List<Warning> change(long jobid, Change change, @Nullable String ifMatch) {
        return transactions
                .execute(transaction -> {
                    requireVersion(transaction, jobid, ifMatch);
                    set(transaction, jobid, change);
                    return jobid;
                })
                .warnings();
    }

    /** Both rows are locked: nobody changes one between this look and what follows. */
    private static void requireVersion(JdbcClient transaction, long jobid, @Nullable String ifMatch) {
        boolean exists = transaction
                .sql("SELECT jobid FROM cron.job WHERE jobid = :jobid FOR UPDATE")
                .param("jobid", jobid)
                .query(Long.class)
                .optional()
                .isPresent();
        if (!exists) {
            throw new NoSuchJob(jobid);
        }
        transaction
                .sql("SELECT jobid FROM cron.job_options WHERE jobid = :jobid FOR UPDATE")
                .param("jobid", jobid)
                .query(Long.class)
                .optional();
        Version.require(
                ifMatch,
                transaction
                        .sql(DIGEST)
                        .param("jobid", jobid)
                        .query(String.class)
                        .single());
    }

    private static void set(JdbcClient transaction, long jobid, Change change) {
        Change job = change.only(COLUMNS);
        if (!job.isEmpty()) {
            job.update(transaction, "cron.job", "jobid = :id")
                    .param("id", jobid)
                    .update();
        }
        setOptions(transaction, jobid, change);
    }

    private static void setOptions(JdbcClient transaction, long jobid, Change change) {
        Change options = change.without(COLUMNS);
        if (!options.isEmpty()) {
            options.upsert(transaction, "cron.job_options", "jobid", jobid).update();
        }
    }

    /** @return what is set of a job, null where the settings or the default hold */
    Optional<JobFields> fields(long jobid) {
        return database.sql("SELECT " + Columns.select(JobFields.class, Columns.WHOLE) + """
                         FROM (SELECT j.*, o.* FROM cron.job AS j LEFT JOIN cron.job_options AS o USING (jobid) WHERE jobid = :jobid) AS j
                        """)
                .param("jobid", jobid)
                .query(Columns.rows(JobFields.class))
                .optional();
    }

    /** @return what is set of a job, as it could be set of another one */
    Optional<Change> definition(long jobid) {
        return database.sql("""
                        SELECT j.*, o.* FROM cron.job AS j LEFT JOIN cron.job_options AS o USING (jobid) WHERE jobid = :jobid
                        """).param("jobid", jobid).query().listOfRows().stream()
                .findFirst()
                .map(row -> Change.of(row).without(Set.of("jobid")).withoutNulls());
    }

    List<Warning> pause(long jobid, boolean paused, @Nullable String note) {
        return transactions
                .execute(transaction -> setPaused(transaction, paused, note, List.of(jobid)))
                .warnings();
    }

    /** Those among the chosen jobs that are not so already. */
    BulkChange pause(JobFilter filter, boolean paused, @Nullable String note, boolean dryRun) {
        return transactions
                .execute(transaction -> {
                    List<Pausable> chosen = transaction
                            .sql("SELECT j.jobid, j.active " + CHOICE + filter.condition()
                                    + " ORDER BY j.jobid FOR UPDATE OF j")
                            .params(filter.parameters())
                            .query(Columns.rows(Pausable.class))
                            .list();
                    List<Long> jobids = chosen.stream()
                            .filter(job -> job.active() == paused)
                            .map(Pausable::jobid)
                            .toList();
                    if (!dryRun) {
                        setPaused(transaction, paused, note, jobids);
                    }
                    return new BulkChange(dryRun, chosen.size(), jobids.size(), jobids);
                })
                .value();
    }

    private record Pausable(long jobid, boolean active) {}

    private static int setPaused(JdbcClient transaction, boolean paused, @Nullable String note, List<Long> jobids) {
        return transaction
                .sql("SELECT cron." + (paused ? "pause" : "resume")
                        + "_job(jobid, :note) FROM unnest(:jobids) AS jobid")
                .param("jobids", jobids.toArray(Long[]::new))
                .param("note", note)
                .query()
                .listOfRows()
                .size();
    }

    void remove(long jobid, @Nullable String ifMatch) {
        transactions.execute(transaction -> {
            requireVersion(transaction, jobid, ifMatch);
            return transaction
                    .sql("SELECT cron.unschedule(:jobid)")
                    .param("jobid", jobid)
                    .query()
                    .singleRow();
        });
    }
}
