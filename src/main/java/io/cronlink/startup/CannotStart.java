package io.cronlink.startup;

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
        ServerErrorMessage error = serverMessage(failure);
        String detail = error == null || error.getDetail() == null ? "" : " (" + error.getDetail() + ")";
        String hint = error == null || error.getHint() == null ? "" : error.getHint();
        return new CannotStart(line(failure) + detail, hint, failure);
    }

    /** A failure's message, made to fit a line of the log: of what the server says, not where it was when it did. */
    public static String line(Throwable failure) {
        ServerErrorMessage error = serverMessage(failure);
        String message = error == null ? failure.getMessage() : error.getMessage();
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    }

    /** What the server itself said; null if the driver did. */
    public static @Nullable ServerErrorMessage serverMessage(Throwable failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    public String remedy() {
        return remedy;
    }
}
