package io.cronlink.embedded;

import io.cronlink.database.DatabaseProperties;
import io.cronlink.database.Login;
import io.cronlink.secret.DataFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Gives a service that was told of no database one of its own. */
@AutoConfiguration(before = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Conditional(EmbeddedDatabaseAutoConfiguration.NoDatabaseGiven.class)
@ConditionalOnMissingBean(JdbcConnectionDetails.class)
class EmbeddedDatabaseAutoConfiguration {

    @Bean
    EmbeddedDatabase embeddedDatabase(DataFolder data, DatabaseProperties properties) {
        return EmbeddedDatabase.start(data, properties.grace());
    }

    @Bean
    JdbcConnectionDetails embeddedOwner(EmbeddedDatabase database) {
        return new Owner(database.owner());
    }

    @Bean
    FlywayConnectionDetails embeddedSuperuser(EmbeddedDatabase database) {
        return new Superuser(database.superuser());
    }

    @Bean
    EmbeddedDatabaseHealth embeddedDatabaseHealthIndicator(EmbeddedDatabase database) {
        return new EmbeddedDatabaseHealth(database);
    }

    // Two types, not one with both roles: either would then be found twice.
    private record Owner(Login login) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return login.url();
        }

        @Override
        public @Nullable String getUsername() {
            return login.username();
        }

        @Override
        public @Nullable String getPassword() {
            return login.password();
        }
    }

    private record Superuser(Login login) implements FlywayConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return login.url();
        }

        @Override
        public @Nullable String getUsername() {
            return login.username();
        }

        @Override
        public @Nullable String getPassword() {
            return login.password();
        }
    }

    static class NoDatabaseGiven extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean given = StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
            return new ConditionOutcome(
                    !given,
                    ConditionMessage.forCondition("Embedded database")
                            .because("spring.datasource.url is " + (given ? "set" : "not set")));
        }
    }
}
