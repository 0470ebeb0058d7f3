package io.cronlink.job;

import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Change;
import io.cronlink.row.Warning;
import io.cronlink.row.Written;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

    private final Jobs jobs;
    private final DefaultOwner owner;
    private final JsonMapper mapper;

    JobController(Jobs jobs, DefaultOwner owner, JsonMapper mapper) {
        this.jobs = jobs;
        this.owner = owner;
        this.mapper = mapper;
    }

    @GetMapping
    JobPage list(
            @RequestParam @Nullable String jobname,
            @RequestParam @Nullable String username,
            @RequestParam @Nullable Boolean active,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return JobPage.of(jobs.list(jobname, username, active, after, limit), limit);
    }

    @PostMapping
    ResponseEntity<ChangedJob> create(@RequestBody ObjectNode body) {
        Change job = Change.of(body, JobFields.class, mapper).withoutNulls();
        String username = owner.username();
        Written<Long> added = jobs.add(username == null ? job : job.withDefault("username", username));
        long jobid = added.value();
        return ResponseEntity.created(URI.create("/api/v1/jobs/" + jobid)).body(changed(jobid, added.warnings()));
    }

    @GetMapping("/{jobid}")
    Job read(@PathVariable long jobid) {
        return jobs.find(jobid).orElseThrow(() -> new NoSuchJob(jobid));
    }

    @PatchMapping("/{jobid}")
    ChangedJob change(@PathVariable long jobid, @RequestBody ObjectNode body) {
        Change change = Change.of(body, JobFields.class, mapper);
        return changed(jobid, change.isEmpty() ? List.of() : jobs.change(jobid, change));
    }

    @PostMapping("/{jobid}/pause")
    ChangedJob pause(@PathVariable long jobid) {
        return changed(jobid, jobs.pause(jobid));
    }

    @PostMapping("/{jobid}/resume")
    ChangedJob resume(@PathVariable long jobid) {
        return changed(jobid, jobs.resume(jobid));
    }

    private ChangedJob changed(long jobid, List<Warning> warnings) {
        return new ChangedJob(read(jobid), warnings);
    }

    @DeleteMapping("/{jobid}")
    ResponseEntity<Void> delete(@PathVariable long jobid) {
        read(jobid);
        jobs.remove(jobid);
        return ResponseEntity.noContent().build();
    }
}
