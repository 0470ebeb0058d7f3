package io.cronlink.jobfile;

import io.cronlink.jobfile.JobFileReader.Language;
import io.cronlink.owner.CommandRule;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A file of jobs is applied and exported as a whole: its requests are about all jobs, not about one. */
@RestController
@RequestMapping("/api/v1")
class JobFileController {

    private static final MediaType SQL = MediaType.parseMediaType("application/sql;charset=UTF-8");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");
    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
    private static final Resource SCHEMA_FILE = new ClassPathResource("cronlink-jobs.schema.json");

    private final ManagedJobs jobs;
    private final JobFileReader reader;
    private final CommandRule commands;

    /** One at a time, as a file takes many times its size while it is read, and the database takes them one after the other anyway. */
    private final Semaphore turn = new Semaphore(1);

    JobFileController(ManagedJobs jobs, JobFileReader reader, CommandRule commands) {
        this.jobs = jobs;
        this.commands = commands;
        this.reader = reader;
    }

    @PostMapping(
            path = "/jobs:apply",
            consumes = {MediaType.APPLICATION_YAML_VALUE, MediaType.APPLICATION_JSON_VALUE})
    Plan apply(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader("Content-Type") MediaType type,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean prune,
            @RequestParam(defaultValue = "false") boolean adopt,
            @RequestParam @Nullable String manager) {
        commands.requireAllowed();
        if (!turn.tryAcquire()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Another file of jobs is being applied.");
        }
        try {
            return apply(body, type, manager, new Options(prune, adopt, dryRun));
        } finally {
            turn.release();
        }
    }

    private Plan apply(byte @Nullable [] body, MediaType type, @Nullable String manager, Options options) {
        Language language = type.isCompatibleWith(MediaType.APPLICATION_JSON) ? Language.JSON : Language.YAML;
        JobFile file = reader.read(body == null ? new byte[0] : body, language, CommandFiles.NONE);
        String name = manager == null ? file.manager() : manager;
        if (name == null) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "The file needs a name: in it (manager: reports), or by ?manager=reports.");
        }
        return jobs.apply(file.managedBy(name), options);
    }

    @GetMapping("/jobs:export")
    ResponseEntity<String> export(
            @RequestParam(defaultValue = "yaml") ExportFormat format,
            @RequestParam @Nullable String username,
            @RequestParam @Nullable String jobname) {
        return ResponseEntity.ok()
                .contentType(format == ExportFormat.YAML ? YAML : SQL)
                .body(format.export(jobs, username, jobname));
    }

    @GetMapping("/jobs-file.schema.json")
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok().contentType(SCHEMA).body(SCHEMA_FILE);
    }
}
