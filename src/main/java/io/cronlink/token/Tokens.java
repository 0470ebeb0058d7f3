package io.cronlink.token;

import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import io.cronlink.secret.BearerSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Tokens {

    private static final String COLUMNS =
            "tokenid, name, role, created_at, created_by, expires_at, last_used_at, revoked_at, revoked_by";

    private final JdbcClient database;
    private final Transactions transactions;

    Tokens(JdbcClient database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    List<Token> list() {
        return database.sql("SELECT " + COLUMNS + " FROM cron_engine.api_token ORDER BY tokenid")
                .query(Columns.rows(Token.class))
                .list();
    }

    /** By its number, or by the name of one that is not revoked: names begin with a letter, numbers do not. */
    Optional<Token> find(String nameOrId) {
        return database.sql("SELECT " + COLUMNS + " FROM cron_engine.api_token"
                        + " WHERE tokenid::text = :token OR name = :token AND revoked_at IS NULL")
                .param("token", nameOrId)
                .query(Columns.rows(Token.class))
                .optional();
    }

    Token create(String name, String role, Instant expiry, String creator, BearerSecret secret) {
        return transactions
                .execute(transaction -> {
                    Token token = transaction
                            .sql("INSERT INTO cron_engine.api_token (name, role, hash, created_by, expires_at)"
                                    + " VALUES (:name, :role, :hash, :creator, :expiry) RETURNING " + COLUMNS)
                            .param("name", name)
                            .param("role", role)
                            .param("hash", secret.hash())
                            .param("creator", creator)
                            .param("expiry", Columns.toSql(expiry))
                            .query(Columns.rows(Token.class))
                            .single();
                    note(transaction, "add token", token);
                    return token;
                })
                .value();
    }

    Optional<Token> revoke(String nameOrId, String revoker) {
        return transactions
                .execute(transaction -> {
                    Optional<Token> revoked = transaction
                            .sql("UPDATE cron_engine.api_token SET revoked_at = now(), revoked_by = :revoker"
                                    + " WHERE :token IN (name, tokenid::text) AND revoked_at IS NULL RETURNING "
                                    + COLUMNS)
                            .param("token", nameOrId)
                            .param("revoker", revoker)
                            .query(Columns.rows(Token.class))
                            .optional();
                    revoked.ifPresent(token -> note(transaction, "revoke token", token));
                    return revoked;
                })
                .value();
    }

    /** In cron.audit. */
    private static void note(JdbcClient transaction, String action, Token token) {
        transaction
                .sql("""
                        SELECT cron_engine.audit_change(:action, 'token', :name, NULL, jsonb_build_object('role', :role::text))
                        """)
                .param("action", action)
                .param("name", token.name())
                .param("role", token.role())
                .query()
                .singleRow();
    }
}
