package io.cronlink.owner;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The role that owns jobs and runs made over REST that name none.
 *
 * @param username a role; the service's own database user if not set
 * @param password its password, by which its jobs log in
 */
@ConfigurationProperties("cronlink.jobs")
public record DefaultOwner(
        @Nullable String username, @Nullable String password) {

    public DefaultOwner {
        username = username == null || username.isBlank() ? null : username;
        password = password == null || password.isEmpty() ? null : password;
    }

    /** The password must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return "DefaultOwner[username=" + username + "]";
    }
}
