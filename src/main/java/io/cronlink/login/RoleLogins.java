package io.cronlink.login;

import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The roles that have jobs or a login for them, and the foreign servers that jobs may go to. */
@Repository
class RoleLogins {

    private static final RowMapper<Login> ROWS = Columns.rows(Login.class);

    private static final String SELECT = """
            SELECT r.username, l.via, coalesce(j.jobs, 0) AS jobs,
                   cron_engine.login_obstacle(coalesce(l.via, r.username), NULL) AS obstacle
            FROM (SELECT username FROM cron_engine.login UNION SELECT username FROM cron.job) AS r
            LEFT JOIN cron_engine.login AS l USING (username)
            LEFT JOIN (SELECT username, count(*) AS jobs FROM cron.job GROUP BY username) AS j USING (username)
            """;

    private final JdbcClient database;
    private final Transactions transactions;

    RoleLogins(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    List<Login> list(@Nullable String after, int limit) {
        return database.sql(SELECT
                        + "WHERE CAST(:after AS text) IS NULL OR r.username > :after ORDER BY r.username LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query(ROWS)
                .list();
    }

    Optional<Login> find(String username) {
        return database.sql(SELECT + "WHERE r.username = :username")
                .param("username", username)
                .query(ROWS)
                .optional();
    }

    void add(String username, @Nullable String password, @Nullable String via) {
        transactions.execute(transaction -> transaction
                .sql("SELECT cron.add_login(:username, :password, :via)")
                .param("username", username)
                .param("password", password)
                .param("via", via)
                .query()
                .singleRow());
    }

    boolean remove(String username) {
        return transactions
                .execute(transaction -> transaction
                        .sql("SELECT cron.drop_login(:username)")
                        .param("username", username)
                        .query(Boolean.class)
                        .single())
                .value();
    }

    /** Of the options those that say where it is: any other one may hold a secret. */
    List<ForeignServer> servers() {
        return database.sql("""
                        SELECT s.srvname AS name, pg_get_userbyid(s.srvowner) AS owner, w.fdwname AS wrapper,
                               o.options ->> 'host' AS host, o.options ->> 'port' AS port, o.options ->> 'dbname' AS dbname,
                               o.options ->> 'sslmode' AS sslmode,
                               ARRAY(SELECT m.usename::text FROM pg_user_mappings AS m WHERE m.srvid = s.oid ORDER BY 1) AS usernames
                        FROM pg_foreign_server AS s
                        JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
                        CROSS JOIN LATERAL (SELECT jsonb_object_agg(option_name, option_value) AS options
                                            FROM pg_options_to_table(s.srvoptions)) AS o
                        WHERE w.fdwname IN ('dblink_fdw', 'postgres_fdw') AND s.srvname NOT LIKE 'cronlink:%'
                        ORDER BY s.srvname
                        """).query(Columns.rows(ForeignServer.class)).list();
    }
}
