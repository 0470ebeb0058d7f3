package io.cronlink.migration;

import io.cronlink.database.DatabaseProperties;
import io.cronlink.database.Login;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    Login owner(JdbcConnectionDetails details) {
        return new Login(details.getJdbcUrl(), details.getUsername(), details.getPassword());
    }

    /**
     * Whatever user Flyway was given: objects have to belong to the owner. Not by the pool, of which it would hold three sessions
     * at once: where connections are few, the pool may be smaller than that.
     */
    @Bean
    FlywayConfigurationCustomizer migrateAsOwner(Login owner) {
        return flyway -> Migration.configure(flyway.dataSource(owner.url(), owner.username(), owner.password()));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "spring.flyway.enabled", matchIfMissing = true)
    FlywayMigrationStrategy migrationStrategy(
            Login owner, FlywayConnectionDetails stronger, DatabaseProperties properties) {
        Migration migration = new Migration(owner, login(stronger, owner), properties.patience());
        return flyway -> migration.run(flyway.getConfiguration());
    }

    private static @Nullable Login login(FlywayConnectionDetails stronger, Login owner) {
        String url = stronger.getJdbcUrl();
        String username = stronger.getUsername();
        if (url == null && username == null) {
            return null;
        }
        return new Login(url == null ? owner.url() : url, username, stronger.getPassword());
    }
}
