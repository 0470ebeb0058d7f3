package io.cronlink.daemon;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address by which the database server reaches itself.
 *
 * @param host if not set, the one at which the daemon's session sees the server
 * @param port likewise
 * @param sslmode as in libpq; its default if not set
 * @param sslrootcert as in libpq: a file on the database server, or {@code system} from PostgreSQL 16 on
 * @param scramPassthrough whether the server passes on the log-in of the service's session, rather than to keep its password: from
 *     PostgreSQL 18 on
 */
@ConfigurationProperties("cronlink.loopback")
record LoopbackProperties(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String sslmode,
        @Nullable String sslrootcert,
        @DefaultValue("false") boolean scramPassthrough) {

    LoopbackProperties {
        host = host == null || host.isBlank() ? null : host;
        sslmode = sslmode == null || sslmode.isBlank() ? null : sslmode;
        sslrootcert = sslrootcert == null || sslrootcert.isBlank() ? null : sslrootcert;
    }
}
