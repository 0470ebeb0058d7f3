package io.cronlink.database;

import java.sql.SQLException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server says when it refuses. */
public record SqlFailure(
        @Nullable String sqlState,
        @Nullable String message,
        @Nullable String detail,
        @Nullable String hint) {

    /** The refusal of what is called; it is a failure of the test if nothing is refused. */
    public static SqlFailure of(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException refused) {
                return of(refused);
            }
        }
        throw new AssertionError("was not refused by the server", thrown);
    }

    public static SqlFailure of(SQLException refused) {
        ServerErrorMessage error = refused instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return error == null
                ? new SqlFailure(refused.getSQLState(), refused.getMessage(), null, null)
                : new SqlFailure(error.getSQLState(), error.getMessage(), error.getDetail(), error.getHint());
    }
}
