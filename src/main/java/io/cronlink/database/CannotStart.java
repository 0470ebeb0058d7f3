package io.cronlink.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The service cannot start, for a reason that its operator can do something about. */
public class CannotStart extends RuntimeException {

    private final String remedy;

    public CannotStart(String reason, String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.remedy = remedy;
    }

    /** What the server refuses, and the server's hint. */
    public static CannotStart because(SQLException failure) {
        ServerErrorMessage error = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (error == null) {
            return new CannotStart(line(failure), "", failure);
        }
        String detail = error.getDetail() == null ? "" : " (" + error.getDetail() + ")";
        return new CannotStart(error.getMessage() + detail, error.getHint() == null ? "" : error.getHint(), failure);
    }

    /** A failure's message, made to fit a line of the log. */
    public static String line(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    public String remedy() {
        return remedy;
    }
}
