package io.cronlink.alarm;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** cron.job_alarms, and cron.alarm_rules, which shows what is in force. */
@Repository
class Rules {

    private static final RowMapper<AlarmRules> ROWS = Columns.rows(AlarmRules.class);

    private final JdbcClient database;
    private final Transactions transactions;

    Rules(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    Optional<JobAlarms> find(long jobid) {
        return database.sql("SELECT * FROM cron.alarm_rules WHERE jobid = :jobid")
                .param("jobid", jobid)
                .query(ROWS)
                .optional()
                .map(inForce -> new JobAlarms(jobid, inForce, own(jobid)));
    }

    private AlarmRules own(long jobid) {
        return database.sql("SELECT * FROM cron.job_alarms WHERE jobid = :jobid")
                .param("jobid", jobid)
                .query(ROWS)
                .optional()
                .orElse(AlarmRules.NONE);
    }

    void set(long jobid, Change change) {
        transactions.execute(transaction ->
                change.upsert(transaction, "cron.job_alarms", "jobid", jobid).update());
    }
}
