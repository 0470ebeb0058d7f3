package io.cronlink.run;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class RunController {

    private final Runs runs;

    RunController(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/runs")
    RunPage list(
            @RequestParam @Nullable Long jobid,
            @RequestParam @Nullable RunStatus status,
            @RequestParam @Nullable Long before,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return RunPage.of(runs.list(jobid, status, before, limit), limit);
    }

    @GetMapping("/runs/{runid}")
    Run read(@PathVariable long runid) {
        return runs.find(runid).orElseThrow(() -> new NoSuchRun(runid));
    }

    @PostMapping("/jobs/{jobid}/runs")
    ResponseEntity<Run> start(
            @PathVariable long jobid, @RequestBody(required = false) @Nullable StartRequest request, Principal user) {
        String why = request == null ? null : request.note();
        long runid = runs.start(jobid, user.getName() + " over REST" + (why == null ? "" : ": " + why));
        return ResponseEntity.created(URI.create("/api/v1/runs/" + runid)).body(read(runid));
    }

    @PostMapping("/runs/{runid}/cancel")
    ResponseEntity<Run> cancel(@PathVariable long runid) {
        read(runid);
        if (!runs.cancel(runid)) {
            throw new RunHasEnded(runid);
        }
        return ResponseEntity.accepted().body(read(runid));
    }

    /**
     * @param note why, for the history
     */
    record StartRequest(@Nullable String note) {}
}
