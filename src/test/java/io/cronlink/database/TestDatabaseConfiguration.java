package io.cronlink.database;

import java.util.Objects;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts a test's service on a {@link TestDatabase}, which can be injected as well. */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabaseConfiguration {

    @Bean
    TestDatabase testDatabase() {
        return TestDatabase.create();
    }

    @Bean
    JdbcConnectionDetails testConnectionDetails(TestDatabase database) {
        Login owner = database.login(database.ownerName());
        return new JdbcConnectionDetails() {

            @Override
            public String getJdbcUrl() {
                return owner.url();
            }

            @Override
            public String getUsername() {
                return Objects.requireNonNull(owner.username());
            }

            @Override
            public String getPassword() {
                return Objects.requireNonNull(owner.password());
            }
        };
    }
}
