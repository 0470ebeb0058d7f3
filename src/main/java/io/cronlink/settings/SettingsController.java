package io.cronlink.settings;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/settings")
class SettingsController {

    private final JdbcClient database;
    private final JsonMapper mapper;

    SettingsController(JdbcClient database, JsonMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    @GetMapping
    Settings read() {
        return database.sql("SELECT * FROM cron.settings")
                .query(Columns.rows(Settings.class))
                .single();
    }

    @PatchMapping
    Settings change(@RequestBody ObjectNode body) {
        Change change = Change.of(body, Settings.class, mapper);
        if (!change.isEmpty()) {
            change.update(database, "cron.settings", "id").update();
        }
        return read();
    }
}
