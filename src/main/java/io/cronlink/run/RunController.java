package io.cronlink.run;

import io.cronlink.http.NextPage;
import io.cronlink.owner.CommandRule;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Written;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class RunController {

    /** As the log has it. */
    private static final String TRACE = "trace.id";

    private final Runs runs;
    private final DefaultOwner owner;
    private final CommandRule commands;

    RunController(Runs runs, DefaultOwner owner, CommandRule commands) {
        this.runs = runs;
        this.owner = owner;
        this.commands = commands;
    }

    @GetMapping("/runs")
    ResponseEntity<RunPage> list(
            @ModelAttribute RunFilter filter,
            @RequestParam @Nullable Long before,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        RunPage page = runs.list(filter, before, limit);
        return NextPage.after(page, "before", page.next());
    }

    @GetMapping("/runs/{runid}")
    Run read(@PathVariable long runid) {
        return runs.find(runid).orElseThrow(() -> new NoSuchRun(runid));
    }

    @PostMapping("/jobs/{jobid}/runs")
    ResponseEntity<Run> start(
            @PathVariable long jobid,
            @RequestHeader(name = "Idempotency-Key", required = false) @Size(min = 1, max = 200) @Nullable String key,
            @RequestBody(required = false) @Nullable NoteRequest request,
            Principal user) {
        String note = note(user, request);
        if (key == null) {
            return created(runs.start(jobid, note));
        }
        Runs.IdempotentStart start = runs.start(jobid, note, key, jobid + " " + note, user.getName());
        if (!start.isSame()) {
            throw new KeyOfAnotherRequest();
        }
        return start.isFirst()
                ? created(start.runid())
                : ResponseEntity.ok().location(location(start.runid())).body(read(start.runid()));
    }

    @PostMapping("/runs")
    ResponseEntity<StartedRun> startOnce(@RequestBody @Valid OnceRequest request, Principal user) {
        commands.requireAllowed();
        String username = request.username() == null ? owner.username() : request.username();
        Written<Long> started = runs.startOnce(
                request.command(),
                request.database(),
                username,
                request.timeout(),
                request.transactional(),
                note(user, request.note()));
        return ResponseEntity.created(location(started.value()))
                .body(new StartedRun(read(started.value()), started.warnings()));
    }

    @PostMapping("/runs/{runid}/rerun")
    ResponseEntity<Run> rerun(
            @PathVariable long runid, @RequestBody(required = false) @Nullable NoteRequest request, Principal user) {
        read(runid);
        return created(runs.rerun(runid, note(user, request)));
    }

    @PostMapping("/runs/{runid}/cancel")
    ResponseEntity<Run> cancel(
            @PathVariable long runid, @RequestBody(required = false) @Nullable NoteRequest request, Principal user) {
        read(runid);
        if (!runs.cancel(runid, note(user, request))) {
            throw new RunHasEnded(runid);
        }
        return ResponseEntity.accepted().body(read(runid));
    }

    private ResponseEntity<Run> created(long runid) {
        return ResponseEntity.created(location(runid)).body(read(runid));
    }

    private static URI location(long runid) {
        return URI.create("/api/v1/runs/" + runid);
    }

    private static String note(Principal user, @Nullable NoteRequest request) {
        return note(user, request == null ? null : request.note());
    }

    private static String note(Principal user, @Nullable String why) {
        String trace = MDC.get(TRACE);
        return user.getName() + " over REST" + (trace == null ? "" : " (trace " + trace + ")")
                + (why == null ? "" : ": " + why);
    }

    /**
     * @param note why, for the history
     */
    record NoteRequest(@Nullable String note) {}

    /**
     * A command to run once, without a job.
     *
     * @param command the SQL
     * @param database where to run it; the scheduler's own database if not given
     * @param username as whom; the role of jobs made over REST if not given
     * @param timeout how long it may run, as ISO 8601 duration; the scheduler's default if not given
     * @param transactional whether it runs in one transaction with its record; found out if not given
     * @param note why, for the history
     */
    record OnceRequest(
            @NotNull String command,
            @Nullable String database,
            @Nullable String username,
            @Nullable Duration timeout,
            @Nullable Boolean transactional,
            @Nullable String note) {}
}
