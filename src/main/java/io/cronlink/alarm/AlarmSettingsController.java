package io.cronlink.alarm;

import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/alarm-settings")
class AlarmSettingsController {

    private final JdbcClient database;
    private final Transactions transactions;
    private final JsonMapper mapper;

    AlarmSettingsController(JdbcClient database, Transactions transactions, JsonMapper mapper) {
        this.database = database;
        this.transactions = transactions;
        this.mapper = mapper;
    }

    @GetMapping
    AlarmSettings read() {
        return database.sql("SELECT * FROM cron.alarm_settings")
                .query(Columns.rows(AlarmSettings.class))
                .single();
    }

    @PatchMapping
    AlarmSettings change(@RequestBody ObjectNode body) {
        Change change = Change.of(body, AlarmSettings.class, mapper);
        if (!change.isEmpty()) {
            transactions.execute(transaction ->
                    change.update(transaction, "cron.alarm_settings", "id").update());
        }
        return read();
    }
}
