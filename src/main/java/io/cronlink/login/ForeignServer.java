package io.cronlink.login;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign server of dblink_fdw or postgres_fdw: where a job's nodename, nodeport and database are its host, port and dbname, the
 * job runs there.
 *
 * @param owner the role that made it
 * @param usernames roles that have a user mapping of it
 */
record ForeignServer(
        String name,
        String owner,
        String wrapper,
        @Nullable String host,
        @Nullable String port,
        @Nullable String dbname,
        @Nullable String sslmode,
        List<String> usernames) {}
