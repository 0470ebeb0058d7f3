package io.cronlink.security;

import io.cronlink.secret.BearerSecret;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tokens that are good. Each use asks the database, so one that was revoked is refused at once on all replicas. */
@Repository
class ApiTokens {

    private final JdbcClient database;

    ApiTokens(JdbcClient database) {
        this.database = database;
    }

    Optional<Caller> find(BearerSecret secret) {
        Optional<Stored> token =
                database.sql("""
                        SELECT tokenid, name, role,
                               last_used_at IS NULL OR last_used_at <= now() - interval '1 min' AS is_stale
                          FROM cron_engine.api_token
                         WHERE hash = ? AND revoked_at IS NULL AND expires_at > now()
                        """).param(secret.hash()).query(Stored.class).optional();
        token.filter(Stored::isStale).ifPresent(stored -> LastUse.note(() -> noteUse(stored)));
        return token.map(stored -> Caller.withToken(stored.name(), Role.of(stored.role())));
    }

    private void noteUse(Stored token) {
        database.sql("""
                        UPDATE cron_engine.api_token SET last_used_at = now()
                         WHERE tokenid = ? AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 min')
                        """).param(token.tokenid()).update();
    }

    private record Stored(long tokenid, String name, String role, boolean isStale) {}
}
