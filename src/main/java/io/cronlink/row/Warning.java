package io.cronlink.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** What the database did not refuse, but has something to say about. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Warning(String message, @Nullable String hint) {

    static Warning of(SQLWarning warning) {
        ServerErrorMessage said = warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage() : null;
        return said == null
                ? new Warning(String.valueOf(warning.getMessage()), null)
                : new Warning(String.valueOf(said.getMessage()), said.getHint());
    }
}
