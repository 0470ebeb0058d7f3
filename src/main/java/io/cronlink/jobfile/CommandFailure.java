package io.cronlink.jobfile;

import io.cronlink.startup.CannotStart;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.core.NestedExceptionUtils;

/** A command cannot do what it was told to; its lines say why. */
class CommandFailure extends RuntimeException {

    /** Of a schema, a function and a table. */
    private static final Set<String> NOT_THERE = Set.of("3F000", "42883", "42P01");

    private final List<String> lines;

    CommandFailure(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    List<String> lines() {
        return lines;
    }

    /** What stands behind a failure, without a word of where in the program it was. */
    static List<String> lines(Throwable failure) {
        if (failure instanceof CommandFailure told) {
            return told.lines();
        }
        if (failure instanceof CannotStart cannot) {
            return List.of(cannot.getMessage() + ". " + cannot.remedy());
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        ServerErrorMessage error = CannotStart.serverMessage(cause);
        if (cause instanceof PSQLException sql && NOT_THERE.contains(String.valueOf(sql.getSQLState()))) {
            return List.of("the database has no Cronlink of this version: start the service on it once");
        }
        String hint = error == null || error.getHint() == null ? "" : " (" + error.getHint() + ")";
        return List.of(reason(cause) + hint);
    }

    /** The same in one sentence, without advice. */
    static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        ServerErrorMessage error = CannotStart.serverMessage(cause);
        return CannotStart.line(cause) + (error == null || error.getDetail() == null ? "" : ": " + error.getDetail());
    }
}
