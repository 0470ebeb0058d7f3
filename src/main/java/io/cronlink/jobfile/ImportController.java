package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cronlink.owner.CommandRule;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs of other schedulers. What is there already stays as it is. */
@RestController
@RequestMapping("/api/v1/jobs:import")
class ImportController {

    private final ManagedJobs jobs;
    private final CommandRule commands;

    ImportController(ManagedJobs jobs, CommandRule commands) {
        this.jobs = jobs;
        this.commands = commands;
    }

    /** How a script is read. */
    enum ScriptFormat {
        CRONTAB(Crontab::read),
        PG_CRON(PgCronScript::read);

        private final Function<String, Script> reader;

        ScriptFormat(Function<String, Script> reader) {
            this.reader = reader;
        }
    }

    /**
     * What came from a server with pg_cron.
     *
     * @param added how many jobs are new
     */
    record FromServer(
            boolean dryRun,
            int added,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}

    @PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
    Import script(
            @RequestBody(required = false) @Nullable String text,
            @RequestParam ScriptFormat format,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        commands.requireAllowed();
        return jobs.take(format.reader.apply(text == null ? "" : text), dryRun);
    }

    @PostMapping(params = "server")
    FromServer server(@RequestParam String server, @RequestParam(defaultValue = "false") boolean dryRun) {
        commands.requireAllowed();
        Written<Integer> added = jobs.importFrom(server, dryRun);
        return new FromServer(dryRun, added.value(), added.warnings());
    }
}
