package io.cronlink.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.Login;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What is left in the server's log of the password of a login that was refused. */
class PasswordLogTests {

    private static final String SECRET = "s3cret, 'it\\ \"is\"";

    private static CrashableServer server;

    private int before;

    @BeforeAll
    static void startServer() {
        server = CrashableServer.start();
        server.execute("CREATE ROLE alice LOGIN PASSWORD 'another'", "GRANT USAGE ON SCHEMA cron TO alice");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void look() {
        before = server.log().length();
    }

    @AfterEach
    void logAsBefore() {
        server.execute("ALTER ROLE alice RESET log_statement");
    }

    private static Connection alice() throws SQLException {
        return new Login(server.owner().url(), "alice", "another").connect();
    }

    /** What the server has logged of the refusal. */
    private String logged() {
        String logged = server.log().substring(before);
        assertThat(logged).contains("ERROR:  role \"alice\" cannot log in at the server's own address");
        return logged;
    }

    private static void addLogin(String password) throws SQLException {
        try (Connection session = alice();
                Statement statement = session.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT cron.add_login('alice', " + password + ")"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void inAStatementsTextItStays() throws SQLException {
        addLogin("'s3cret'");

        assertThat(logged()).contains("STATEMENT:  SELECT cron.add_login('alice', 's3cret')");
    }

    /** From PostgreSQL 15 on a superuser can let the engine's owner keep statements out of the log. */
    @Test
    void unlessTheOwnerMayKeepItOut() throws SQLException {
        try (Connection session = alice()) {
            assumeTrue(session.getMetaData().getDatabaseMajorVersion() >= 15);
        }
        server.execute("GRANT SET ON PARAMETER log_min_error_statement TO " + CrashableServer.OWNER);
        try {
            addLogin("'s3cret'");

            assertThat(logged()).doesNotContain("s3cret");
        } finally {
            server.execute("REVOKE SET ON PARAMETER log_min_error_statement FROM " + CrashableServer.OWNER);
        }
    }

    @Test
    void asAParameterItIsNotLogged() throws SQLException {
        try (Connection session = alice();
                PreparedStatement statement = session.prepareStatement("SELECT cron.add_login('alice', ?)")) {
            statement.setString(1, SECRET);

            assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
        }

        assertThat(logged()).doesNotContain("s3cret");
    }

    /** As README shows for psql. */
    @Test
    void asCopiedDataItIsNeverLogged() throws SQLException, IOException {
        server.execute("ALTER ROLE alice SET log_statement = 'all'");
        try (Connection session = alice();
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TEMP TABLE secret (password text)");
            session.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY secret FROM STDIN (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b')",
                            new StringReader(SECRET + "\n"));

            assertThatThrownBy(() -> statement.execute("SELECT cron.add_login('alice', password) FROM secret"))
                    .isInstanceOf(SQLException.class);
            assertThat(logged()).contains("cron.add_login('alice', password)").doesNotContain("s3cret");

            server.execute("ALTER ROLE alice PASSWORD '" + SECRET.replace("'", "''") + "'");
            try {
                statement.execute("SELECT cron.add_login('alice', password) FROM secret");
            } finally {
                server.execute("ALTER ROLE alice PASSWORD 'another'");
            }
        }
    }
}
