package io.cronlink.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

class SqlProblemsTests {

    private static Optional<String> told(Exception failure) {
        return SqlProblems.find(failure).map(problem -> {
            assertThat(problem.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE.value());
            return String.valueOf(problem.getDetail());
        });
    }

    /** When all its sessions are in use, the pool has no SQLSTATE to give. */
    @Test
    void aPoolWithoutASessionIsNoFaultOfTheService() {
        assertThat(told(new CannotGetJdbcConnectionException(
                        "no session", new SQLTransientConnectionException("timed out after 5000ms"))))
                .contains("All of the service's sessions of the database are in use.");
    }

    @Test
    void norIsOneThatTheDatabaseGivesNone() {
        assertThat(told(new CannotCreateTransactionException(
                        "no transaction",
                        new SQLTransientConnectionException(
                                "timed out after 5000ms",
                                "53300",
                                new SQLException("sorry, too many clients already", "53300")))))
                .contains("The database server has no connection left.");
        assertThat(told(new CannotGetJdbcConnectionException(
                        "no session",
                        new SQLTransientConnectionException(
                                "timed out after 5000ms", "28P01", new SQLException("no password", "28P01")))))
                .contains("The database is not available.");
    }

    @Test
    void norIsOneThatIsClosed() {
        assertThat(told(new CannotGetJdbcConnectionException("no session", new SQLException("has been closed"))))
                .contains("The database is not available.");
    }
}
