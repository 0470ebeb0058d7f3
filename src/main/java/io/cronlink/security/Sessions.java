package io.cronlink.security;

import io.cronlink.row.Columns;
import io.cronlink.secret.BearerSecret;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sessions of browsers. They are in the database, so all replicas know them; of the cookie there is but a hash, so nobody finds one
 * there to log in with; and what is read is no serialized object, as jobs may be able to write there. They are written when they
 * begin and end, and once a minute while they are used.
 */
@Repository
class Sessions {

    private static final int MOST_OF_A_USER = 50;

    private final JdbcClient database;
    private final Users users;
    private final SessionProperties properties;

    Sessions(JdbcClient database, Users users, SessionProperties properties) {
        this.database = database;
        this.users = users;
        this.properties = properties;
    }

    /** For a user of the configuration. */
    SessionCaller begin(String username) {
        BearerSecret secret = BearerSecret.create();
        store(secret, username, null, users.credential(username, secret).orElseThrow());
        return new SessionCaller(username, users.role(username).orElseThrow(), secret);
    }

    /** For one of an issuer's, who keeps the role that he has now. */
    SessionCaller begin(Caller caller, Role role) {
        BearerSecret secret = BearerSecret.create();
        store(secret, caller.getName(), role, null);
        return new SessionCaller(caller.getName(), role, secret);
    }

    private void store(BearerSecret secret, String username, @Nullable Role role, byte @Nullable [] credential) {
        database.sql("""
                        DELETE FROM cron_engine.session
                         WHERE used_at <= now() - :idle OR created_at <= now() - :lifetime
                               OR hash IN (SELECT s.hash FROM cron_engine.session AS s WHERE s.username = :username
                                            ORDER BY s.created_at DESC OFFSET :others)
                        """)
                .param("idle", Columns.toSql(properties.idle()))
                .param("lifetime", Columns.toSql(properties.lifetime()))
                .param("username", username)
                .param("others", MOST_OF_A_USER - 1)
                .update();
        database.sql("""
                        INSERT INTO cron_engine.session (hash, username, role, credential)
                        VALUES (:hash, :username, :role, :credential)
                        """)
                .param("hash", secret.hash())
                .param("username", username)
                .param("role", role == null ? null : role.text())
                .param("credential", credential)
                .update();
    }

    /** Empty as soon as it is over, or its user is gone or has another password. */
    Optional<SessionCaller> find(BearerSecret secret) {
        return database.sql("""
                        SELECT username, role, credential, used_at <= now() - interval '1 min' AS is_stale
                          FROM cron_engine.session
                         WHERE hash = :hash AND used_at > now() - :idle AND created_at > now() - :lifetime
                        """)
                .param("hash", secret.hash())
                .param("idle", Columns.toSql(properties.idle()))
                .param("lifetime", Columns.toSql(properties.lifetime()))
                .query(Stored.class)
                .optional()
                .flatMap(stored -> caller(stored, secret));
    }

    private Optional<SessionCaller> caller(Stored stored, BearerSecret secret) {
        Optional<Role> role = stored.role() == null
                ? users.credential(stored.username(), secret)
                        .filter(credential -> MessageDigest.isEqual(credential, stored.credential()))
                        .flatMap(same -> users.role(stored.username()))
                : Optional.of(Role.of(stored.role()));
        if (role.isPresent() && stored.isStale()) {
            LastUse.note(() -> noteUse(secret));
        }
        return role.map(known -> new SessionCaller(stored.username(), known, secret));
    }

    private void noteUse(BearerSecret secret) {
        database.sql("""
                        UPDATE cron_engine.session SET used_at = now()
                         WHERE hash = ? AND used_at <= now() - interval '1 min'
                        """).param(secret.hash()).update();
    }

    void end(BearerSecret secret) {
        database.sql("DELETE FROM cron_engine.session WHERE hash = ?")
                .param(secret.hash())
                .update();
    }

    private record Stored(String username, @Nullable String role, byte @Nullable [] credential, boolean isStale) {}
}
