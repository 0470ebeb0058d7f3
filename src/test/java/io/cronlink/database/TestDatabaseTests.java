package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
@CronlinkDatabase
class TestDatabaseTests {

    @Test
    void isMigratedByAnOrdinaryRole(TestDatabase database) {
        boolean superuser = database.owner()
                .sql("SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER")
                .query(Boolean.class)
                .single();
        long migrations = database.owner()
                .sql("SELECT count(*) FROM cron_engine.flyway_schema_history WHERE success")
                .query(Long.class)
                .single();

        assertThat(superuser).isFalse();
        assertThat(migrations).isPositive();
    }

    @Test
    void asksForPasswords(TestDatabase database) {
        Login wrong = new Login(database.url(), database.ownerName(), "wrong");

        assertThat(SqlFailure.of(wrong::connect).sqlState()).isEqualTo("28P01");
    }
}
