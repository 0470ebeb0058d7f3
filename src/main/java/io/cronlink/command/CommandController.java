package io.cronlink.command;

import io.cronlink.row.Columns;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CommandController {

    private final JdbcClient database;

    CommandController(JdbcClient database) {
        this.database = database;
    }

    /** A warning and no gate: what a command needs may be there when it runs. */
    @PostMapping("/api/v1/sql/check")
    Verdict check(@RequestBody @Valid CheckRequest request) {
        return new Verdict(database.sql("SELECT sqlstate, message, hint FROM cron.check_command(:command, :syntaxOnly)")
                .param("command", request.command())
                .param("syntaxOnly", request.syntaxOnly() != null && request.syntaxOnly())
                .query(Columns.rows(Finding.class))
                .list());
    }

    /**
     * @param command the SQL
     * @param syntaxOnly true: names in it mean nothing here, as it is to run elsewhere or as another role; false by default
     */
    record CheckRequest(@NotNull String command, @Nullable Boolean syntaxOnly) {}

    /** @param findings none: nothing is wrong with it as far as can be told without executing it */
    record Verdict(List<Finding> findings) {}

    record Finding(
            String sqlstate, String message, @Nullable String hint) {}
}
