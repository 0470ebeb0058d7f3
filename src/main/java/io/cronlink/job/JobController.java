package io.cronlink.job;

import io.cronlink.http.MergePatch;
import io.cronlink.http.NextPage;
import io.cronlink.http.Version;
import io.cronlink.owner.CommandRule;
import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Change;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1")
class JobController {

    /** What runs, where and as whom. */
    private static final Set<String> COMMANDS = Set.of("command", "database", "username", "nodename", "nodeport");

    private final Jobs jobs;
    private final DefaultOwner owner;
    private final CommandRule commands;
    private final JsonMapper mapper;

    JobController(Jobs jobs, DefaultOwner owner, CommandRule commands, JsonMapper mapper) {
        this.jobs = jobs;
        this.owner = owner;
        this.commands = commands;
        this.mapper = mapper;
    }

    @GetMapping("/jobs")
    ResponseEntity<JobPage> list(
            @ModelAttribute JobFilter filter,
            @RequestParam(defaultValue = "jobid") String sort,
            @RequestParam @Nullable String after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(defaultValue = "") List<String> include) {
        JobPage page = jobs.list(filter, JobOrder.of(sort, after), limit, Extras.of(include));
        return NextPage.after(page, "after", page.next());
    }

    @GetMapping("/jobs:count")
    JobCounts count(@ModelAttribute JobFilter filter) {
        return JobCounts.of(jobs.count(filter));
    }

    @PostMapping("/jobs")
    ResponseEntity<ChangedJob> create(@RequestBody ObjectNode body) {
        commands.requireAllowed();
        return created(jobs.add(owned(Change.of(body, JobFields.class, mapper).withoutNulls())));
    }

    private Change owned(Change job) {
        String username = owner.username();
        return username == null ? job : job.withDefault("username", username);
    }

    @GetMapping("/jobs/{jobid}")
    ResponseEntity<Job> read(@PathVariable long jobid) {
        return tagged(HttpStatus.OK, jobid).body(find(jobid));
    }

    /** What a form starts from: {@link #read} has what is in force, and cannot tell what is set from what is the settings'. */
    @GetMapping("/jobs/{jobid}/definition")
    ResponseEntity<JobFields> readDefinition(@PathVariable long jobid) {
        return tagged(HttpStatus.OK, jobid).body(jobs.fields(jobid).orElseThrow(() -> new NoSuchJob(jobid)));
    }

    @GetMapping("/jobs/by-name/{jobname}")
    ResponseEntity<Job> readByName(@PathVariable String jobname, @RequestParam @Nullable String username) {
        String role = username == null ? defaultOwner() : username;
        return read(jobs.find(jobname, role).orElseThrow(() -> new NoSuchJob(jobname, role)));
    }

    @PutMapping("/jobs/by-name/{jobname}")
    ResponseEntity<ChangedJob> schedule(
            @PathVariable String jobname,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ObjectNode body) {
        commands.requireAllowed();
        Change job = Change.of(body, JobFields.class, mapper);
        if (!jobname.equals(Objects.requireNonNullElse(job.get("jobname"), jobname))) {
            throw new OtherName(jobname);
        }
        String username = String.valueOf(Objects.requireNonNullElseGet(job.get("username"), this::defaultOwner));
        Written<Jobs.Scheduled> scheduled =
                jobs.schedule(jobname, username, job.without(Set.of("jobname", "username")), ifMatch);
        long jobid = scheduled.value().jobid();
        return scheduled.value().isNew()
                ? created(new Written<>(jobid, scheduled.warnings()))
                : changed(jobid, scheduled.warnings());
    }

    private String defaultOwner() {
        String username = owner.username();
        return username == null ? jobs.serviceRole() : username;
    }

    @PatchMapping(
            path = "/jobs/{jobid}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    ResponseEntity<ChangedJob> change(
            @PathVariable long jobid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ObjectNode body) {
        Change change = Change.of(body, JobFields.class, mapper);
        if (change.names(COMMANDS)) {
            commands.requireAllowed();
        }
        return changed(jobid, jobs.change(jobid, change, ifMatch));
    }

    @PostMapping("/jobs/{jobid}/duplicate")
    ResponseEntity<ChangedJob> duplicate(
            @PathVariable long jobid, @RequestBody(required = false) @Nullable ObjectNode body) {
        Change difference = Change.of(body == null ? mapper.createObjectNode() : body, JobFields.class, mapper);
        if (difference.names(COMMANDS)) {
            commands.requireAllowed();
        }
        Change original = jobs.definition(jobid).orElseThrow(() -> new NoSuchJob(jobid));
        Change copy = original.without(Set.of("jobname", "active")).withDefault("active", false);
        return created(jobs.add(copy.with(difference).withoutNulls()));
    }

    @PostMapping("/jobs/{jobid}/pause")
    ResponseEntity<ChangedJob> pause(
            @PathVariable long jobid, @RequestBody(required = false) @Nullable NoteRequest request) {
        return changed(jobid, jobs.pause(jobid, true, note(request)));
    }

    @PostMapping("/jobs/{jobid}/resume")
    ResponseEntity<ChangedJob> resume(
            @PathVariable long jobid, @RequestBody(required = false) @Nullable NoteRequest request) {
        return changed(jobid, jobs.pause(jobid, false, note(request)));
    }

    @PostMapping("/jobs:pause")
    BulkChange pauseAll(
            @ModelAttribute JobFilter filter,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestBody(required = false) @Nullable NoteRequest request) {
        return jobs.pause(filter, true, note(request), dryRun);
    }

    @PostMapping("/jobs:resume")
    BulkChange resumeAll(
            @ModelAttribute JobFilter filter,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestBody(required = false) @Nullable NoteRequest request) {
        return jobs.pause(filter, false, note(request), dryRun);
    }

    @DeleteMapping("/jobs/{jobid}")
    ResponseEntity<Void> delete(
            @PathVariable long jobid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        jobs.remove(jobid, ifMatch);
        return ResponseEntity.noContent().build();
    }

    private Job find(long jobid) {
        return jobs.find(jobid).orElseThrow(() -> new NoSuchJob(jobid));
    }

    private ResponseEntity<ChangedJob> created(Written<Long> job) {
        long jobid = job.value();
        return tagged(HttpStatus.CREATED, jobid)
                .location(URI.create("/api/v1/jobs/" + jobid))
                .body(new ChangedJob(find(jobid), job.warnings()));
    }

    private ResponseEntity<ChangedJob> changed(long jobid, List<Warning> warnings) {
        return tagged(HttpStatus.OK, jobid).body(new ChangedJob(find(jobid), warnings));
    }

    /** The version first: should somebody change the job just now, the tag is too old, and a change that relies on it refused. */
    private ResponseEntity.BodyBuilder tagged(HttpStatus status, long jobid) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        Optional<String> digest = jobs.digest(jobid);
        return digest.isPresent() ? answer.eTag(Version.tag(digest.get())) : answer;
    }

    private static @Nullable String note(@Nullable NoteRequest request) {
        return request == null ? null : request.note();
    }

    /**
     * @param note why, for cron.audit and for whoever wonders
     */
    record NoteRequest(@Nullable String note) {}
}
