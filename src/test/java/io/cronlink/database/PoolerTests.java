package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cronlink.database.TestPooler.Mode;
import io.cronlink.startup.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what is in front of the server can be worked with, whatever it does with its sessions. */
class PoolerTests {

    private static CrashableServer server;

    @BeforeAll
    static void start() {
        server = CrashableServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void refuse(Login login) throws SQLException {
        try (Connection connection = login.connect()) {
            Pooler.refuse(connection, login);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LAST_BY_TRANSACTION, 0", "LAST_BY_TRANSACTION, 2", "LAST_BY_TRANSACTION, 5",
        "FIRST_BY_TRANSACTION, 0", "FIRST_BY_TRANSACTION, 2", "FIRST_BY_TRANSACTION, 5",
    })
    void refusesOneThatHandsOutSessionsByTheTransaction(Mode mode, int sessions) throws SQLException {
        try (TestPooler pooler = new TestPooler(server.owner(), mode)) {
            pooler.open(sessions);

            assertThatThrownBy(() -> refuse(server.ownerThrough(pooler.port())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "there is a connection pooler at jdbc:postgresql://127.0.0.1:" + pooler.port());
        }
    }

    @Test
    void takesOneThatKeepsASessionForEachConnection() throws SQLException {
        try (TestPooler pooler = new TestPooler(server.owner(), Mode.BY_CONNECTION)) {
            pooler.open(3);

            assertThatCode(() -> refuse(server.ownerThrough(pooler.port()))).doesNotThrowAnyException();
        }
    }

    @Test
    void takesTheServerItself() {
        assertThatCode(() -> refuse(server.owner())).doesNotThrowAnyException();
    }
}
