package io.cronlink.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Jobs made over REST.
 *
 * @param username the role of jobs made over REST that name none; the service's own database user if not set
 * @param password its password, by which its jobs log in
 */
@ConfigurationProperties("cronlink.jobs")
public record JobProperties(
        @Nullable String username, @Nullable String password) {

    public JobProperties {
        username = username == null || username.isBlank() ? null : username;
        password = password == null || password.isEmpty() ? null : password;
    }

    /** The password must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return "JobProperties[username=" + username + "]";
    }
}
