package io.cronlink.job;

import io.cronlink.http.Version;
import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job and cron.job_options: their triggers validate what is written here as they do for everybody else. */
@Repository
class Jobs {

    private static final RowMapper<Job> ROWS = Columns.rows(Job.class);
    private static final String BRIEF = "SELECT " + Columns.select(Job.class, Columns.BRIEF);
    private static final String WHOLE = "SELECT " + Columns.select(Job.class, Columns.WHOLE);

    private static final String CHOICE = """
            FROM cron.job AS j
            LEFT JOIN cron.job_options AS o USING (jobid)
            LEFT JOIN cron_engine.timer AS t USING (jobid)
            LEFT JOIN cron_engine.job_state AS s USING (jobid)
            LEFT JOIN cron_engine.deactivation AS d USING (jobid)
            """;

    private static final String CONDITION = "JOIN cron_engine.job_condition AS c USING (jobid) ";

    private static final String DIGEST = """
            SELECT md5(concat(j::text, o::text))
            FROM cron.job AS j LEFT JOIN cron.job_options AS o USING (jobid)
            WHERE j.jobid = :jobid
            """;

    /** As many of each job as a list shows. */
    private static final int RECENT_RUNS = 30;

    /** What is in cron.job itself; all else is an option. */
    private static final Set<String> COLUMNS =
            Set.of("jobname", "schedule", "command", "active", "nodename", "nodeport", "database", "username");

    private final JdbcClient database;
    private final Transactions transactions;

    Jobs(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** The condition of each job is found out only where it is asked for. */
    private static String chosen(JobFilter filter, boolean needsCondition) {
        return CHOICE + (needsCondition || filter.needsCondition() ? CONDITION : "") + "WHERE " + filter.where();
    }

    /** Chosen first, and then looked at: what the history has of a job is read for those on the page only. */
    JobPage list(JobFilter filter, JobOrder order, int limit, Extras extras) {
        JobOrder.@Nullable Position after = order.after();
        List<JobOrder.Position> page = database.sql("SELECT " + order.expression() + "::text AS value, j.jobid "
                        + chosen(filter, order.needsCondition()) + " AND " + order.condition() + " ORDER BY "
                        + order.clause() + " LIMIT :limit")
                .params(filter.parameters())
                .param("value", after == null ? null : after.value())
                .param("jobid", after == null ? null : after.jobid())
                .param("limit", limit)
                .query(Columns.rows(JobOrder.Position.class))
                .list();
        List<Long> jobids = page.stream().map(JobOrder.Position::jobid).toList();
        return new JobPage(
                listed(read(jobids), extras), page.size() < limit ? null : order.next(page.get(page.size() - 1)));
    }

    /** Cut when the rows are chosen, so that no text of another one is looked at. */
    private List<Job> read(List<Long> jobids) {
        return database.sql(BRIEF + """
                         FROM (SELECT j.*, array_position(:jobids, j.jobid) AS place
                               FROM cron.job_details AS j WHERE j.jobid = ANY (:jobids)) AS j
                         ORDER BY place
                        """)
                .param("jobids", jobids.toArray(Long[]::new))
                .query(ROWS)
                .list();
    }

    private List<ListedJob> listed(List<Job> jobs, Extras extras) {
        Map<Long, List<RecentRun>> runs = extras.recentRuns() ? recentRuns(jobs) : Map.of();
        Map<String, String> words = extras.scheduleDescription() ? words(jobs) : Map.of();
        return jobs.stream()
                .map(job -> new ListedJob(
                        job,
                        words.get(job.schedule()),
                        extras.recentRuns() ? runs.getOrDefault(job.jobid(), List.of()) : null))
                .toList();
    }

    /** Each schedule is described once, however many jobs have it. */
    private Map<String, String> words(List<Job> jobs) {
        return database
                .sql("SELECT s AS schedule, cron.describe(s) AS words FROM unnest(:schedules) AS s")
                .param("schedules", jobs.stream().map(Job::schedule).distinct().toArray(String[]::new))
                .query(Columns.rows(Words.class))
                .list()
                .stream()
                .collect(Collectors.toMap(Words::schedule, Words::words));
    }

    private record Words(String schedule, String words) {}

    private Map<Long, List<RecentRun>> recentRuns(List<Job> jobs) {
        return database
                .sql("""
                        SELECT j.jobid, r.*
                        FROM unnest(:jobids) AS j (jobid)
                        CROSS JOIN LATERAL (SELECT r.runid, r.status, r.queued_time, r.start_time, r.end_time - r.start_time AS duration
                                            FROM cron.job_run_details AS r
                                            WHERE r.jobid BETWEEN j.jobid AND j.jobid
                                            ORDER BY r.jobid DESC, r.runid DESC LIMIT :most) AS r
                        ORDER BY j.jobid, r.runid DESC
                        """)
                .param("jobids", jobs.stream().map(Job::jobid).toArray(Long[]::new))
                .param("most", RECENT_RUNS)
                .query(Columns.rows(RunOfJob.class))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(RunOfJob::jobid, Collectors.mapping(RunOfJob::run, Collectors.toList())));
    }

    private record RunOfJob(
            long jobid,
            long runid,
            String status,
            @Nullable Instant queuedTime,
            @Nullable Instant startTime,
            @Nullable Duration duration) {

        RecentRun run() {
            return new RecentRun(runid, status, queuedTime, startTime, duration);
        }
    }

    /** How many jobs the filter chooses, by condition. */
    Map<String, Integer> count(JobFilter filter) {
        return database
                .sql("SELECT c.condition, count(*)::integer AS jobs " + chosen(filter, true)
                        + " GROUP BY c.condition, c.rank ORDER BY c.rank")
                .params(filter.parameters())
                .query(Columns.rows(ConditionCount.class))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        ConditionCount::condition, ConditionCount::jobs, (one, other) -> one, LinkedHashMap::new));
    }

    private record ConditionCount(String condition, int jobs) {}

    Optional<Job> find(long jobid) {
        return database.sql(WHOLE + " FROM (SELECT j.* FROM cron.job_details AS j WHERE j.jobid = :jobid) AS j")
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
                            .sql("SELECT j.jobid, j.active " + chosen(filter, false)
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
