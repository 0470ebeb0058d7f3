package io.cronlink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cronlink.CronlinkTest;
import io.cronlink.database.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@CronlinkTest
class TransactionsTests {

    private static final String TALK = """
            DO $$
            BEGIN
                RAISE NOTICE 'not worth a word';
                RAISE WARNING 'take care' USING HINT = 'of this';
                RAISE WARNING 'and of that';
            END
            $$
            """;

    @Autowired
    private Transactions transactions;

    @Autowired
    private HikariDataSource pool;

    @Autowired
    private TestDatabase database;

    private static int talk(JdbcClient client) {
        return client.sql(TALK).update();
    }

    private void setOfTheRole(String setting) {
        database.owner().sql("ALTER ROLE CURRENT_USER " + setting).update();
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Test
    void tellWhatTheDatabaseWarnsOf() {
        assertThat(transactions.execute(TransactionsTests::talk).warnings())
                .containsExactly(new Warning("take care", "of this"), new Warning("and of that", null));
    }

    @Test
    void tellItOnce() {
        assertThat(transactions.execute(client -> talk(client) + talk(client)).warnings())
                .hasSize(2);
    }

    @Test
    void tellItWhateverIsSetForTheRole() {
        List<Warning> warnings = transactions.execute(TransactionsTests::talk).warnings();
        assertThat(warnings).hasSize(2);
        setOfTheRole("SET client_min_messages = error");
        try {
            warnings = transactions.execute(TransactionsTests::talk).warnings();
        } finally {
            setOfTheRole("RESET client_min_messages");
        }

        assertThat(warnings).hasSize(2);
    }

    @Test
    void doAllOrNothing() {
        assertThatThrownBy(() -> transactions.execute(client -> {
                    client.sql("INSERT INTO cron.job_group (name) VALUES ('undone')")
                            .update();
                    return client.sql("SELECT 1 / 0").query(Integer.class).single();
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron.job_group WHERE name = 'undone'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
