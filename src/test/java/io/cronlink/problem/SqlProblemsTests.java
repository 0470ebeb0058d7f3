package io.cronlink.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class SqlProblemsTests {

    /** When all its sessions are in use, the pool has no SQLSTATE to give. */
    @Test
    void aPoolWithoutASessionIsNoFaultOfTheService() {
        assertThat(SqlProblems.find(new CannotGetJdbcConnectionException(
                        "no session", new SQLTransientConnectionException("timed out after 5000ms"))))
                .map(ProblemDetail::getStatus)
                .contains(HttpStatus.SERVICE_UNAVAILABLE.value());
    }
}
