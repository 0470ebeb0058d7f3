package io.cronlink.problem;

import io.cronlink.row.Columns;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What an SQLSTATE means to a client of the REST API. */
final class SqlProblems {

    private static final String UNAVAILABLE = "The database is not available.";
    private static final String CONSTRAINT_CLASS = "23";

    private SqlProblems() {}

    /** The problem behind {@code failure}, if the database or the way to it caused it. */
    static Optional<ProblemDetail> find(@Nullable Throwable failure) {
        if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
            // What failed first: a session that is gone cannot be rolled back either.
            return find(rollback.getApplicationException());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return Optional.of(noSession(cause));
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(problem(sql, sql.getSQLState()));
            }
            if (cause instanceof SQLException && isAboutASession(failure)) {
                // The pool is closed, as the service ends.
                return Optional.of(problem(HttpStatus.SERVICE_UNAVAILABLE, UNAVAILABLE));
            }
        }
        return Optional.empty();
    }

    private static boolean isAboutASession(@Nullable Throwable failure) {
        return failure instanceof CannotGetJdbcConnectionException
                || failure instanceof CannotCreateTransactionException;
    }

    /** The pool has none to give: the database gives it none, which it says, or all are in use. */
    private static ProblemDetail noSession(Throwable failure) {
        return find(failure.getCause())
                .filter(problem -> problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value())
                .orElseGet(() -> problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        failure.getCause() == null
                                ? "All of the service's sessions of the database are in use."
                                : UNAVAILABLE));
    }

    private static ProblemDetail problem(SQLException failure, String state) {
        ServerErrorMessage error = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        // A session that is refused or ended is nothing that the request is about.
        HttpStatus status =
                error != null && "FATAL".equals(error.getSeverity()) ? HttpStatus.SERVICE_UNAVAILABLE : status(state);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            return unavailable(state);
        }
        if (error == null && status == HttpStatus.BAD_REQUEST) {
            // The driver sends no text with the character 0, and says so without a word of the server's.
            return problem(status, "The request holds a value that PostgreSQL does not take.");
        }
        if (status.is5xxServerError() || error == null) {
            // What is wrong inside is for the log, not for the client.
            return problem(status, null);
        }
        return state.startsWith(CONSTRAINT_CLASS) ? violation(error, status, state) : refusal(error, status, state);
    }

    /** Of what is wrong inside only what an operator has to mend is told. */
    private static ProblemDetail unavailable(String state) {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                switch (state) {
                    case "53100" -> "The disk of the database server is full.";
                    case "53200" -> "The database server is out of memory.";
                    case "53300" -> "The database server has no connection left.";
                    case "25006" -> "The database is read-only.";
                    case "57014" -> "The database took too long.";
                    case "55P03", "40P01", "40001" -> "Somebody else is changing the same.";
                    default -> UNAVAILABLE;
                });
        problem.setProperty("sqlstate", state);
        return problem;
    }

    /** The DETAIL stays inside: it is the row. */
    private static ProblemDetail violation(ServerErrorMessage error, HttpStatus status, String state) {
        Optional<FieldError> violated = Constraints.violated(error);
        ProblemDetail problem = problem(
                status,
                violated.map(field -> field.field() + " " + field.message()).orElse(error.getMessage()));
        problem.setProperty("sqlstate", state);
        violated.ifPresent(field -> problem.setProperty("errors", List.of(field)));
        return problem;
    }

    private static ProblemDetail refusal(ServerErrorMessage error, HttpStatus status, String state) {
        ProblemDetail problem = problem(status, error.getMessage());
        problem.setProperty("sqlstate", state);
        if (error.getHint() != null) {
            problem.setProperty("hint", error.getHint());
        }
        String column = error.getColumn();
        if (status == HttpStatus.BAD_REQUEST && column != null && !column.isEmpty()) {
            problem.setProperty(
                    "errors", List.of(new FieldError(Columns.property(column), message(error), error.getHint())));
        }
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail);
        return problem;
    }

    private static HttpStatus status(String state) {
        return switch (state) {
            case "P0002" -> HttpStatus.NOT_FOUND;
            case "42501" -> HttpStatus.FORBIDDEN;
            // 2BP01: others depend on it. 2F003: the server asks for no password where it should.
            case "23505", "55000", "55006", "2BP01", "2F003" -> HttpStatus.CONFLICT;
            case "22023", "28000", "0P000", "42704", "3D000", "0A000" -> HttpStatus.BAD_REQUEST;
            // A query that took too long, a deadlock, a lock that was not to be had: the next attempt may do better.
            case "57014", "40001", "40P01", "55P03", "25006" -> HttpStatus.SERVICE_UNAVAILABLE;
            default ->
                switch (state.substring(0, 2)) {
                    case "08", "53", "57" -> HttpStatus.SERVICE_UNAVAILABLE;
                    // 54: a name too long for an index, an expression too deep.
                    case "22", "23", "54" -> HttpStatus.BAD_REQUEST;
                    default -> HttpStatus.INTERNAL_SERVER_ERROR;
                };
        };
    }

    private static String message(ServerErrorMessage error) {
        return error.getDetail() == null
                ? String.valueOf(error.getMessage())
                : error.getMessage() + ": " + error.getDetail();
    }
}
