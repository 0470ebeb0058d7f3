package io.cronlink.settings;

import io.cronlink.http.MergePatch;
import io.cronlink.http.Version;
import io.cronlink.row.Change;
import io.cronlink.row.Columns;
import io.cronlink.row.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/settings")
class SettingsController {

    private final JdbcClient database;
    private final Transactions transactions;
    private final JsonMapper mapper;

    SettingsController(JdbcClient database, Transactions transactions, JsonMapper mapper) {
        this.database = database;
        this.transactions = transactions;
        this.mapper = mapper;
    }

    @GetMapping
    ResponseEntity<Settings> read() {
        // The version first: it may be too old for what follows, and is refused then, but never too new.
        String digest = digest(database);
        return ResponseEntity.ok()
                .eTag(Version.tag(digest))
                .body(database.sql("SELECT * FROM cron.settings")
                        .query(Columns.rows(Settings.class))
                        .single());
    }

    private static String digest(JdbcClient database) {
        return database.sql("SELECT md5(s::text) FROM cron.settings AS s")
                .query(String.class)
                .single();
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    ResponseEntity<Settings> change(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ObjectNode body) {
        Change change = Change.of(body, Settings.class, mapper);
        transactions.execute(transaction -> {
            transaction.sql("SELECT id FROM cron.settings FOR UPDATE").query().singleRow();
            Version.require(ifMatch, digest(transaction));
            return change.isEmpty()
                    ? 0
                    : change.update(transaction, "cron.settings", "id").update();
        });
        return read();
    }
}
