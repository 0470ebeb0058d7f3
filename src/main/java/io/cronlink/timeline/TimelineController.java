package io.cronlink.timeline;

import io.cronlink.http.NextPage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class TimelineController {

    private static final Duration DAY = Duration.ofDays(1);

    private final Timelines timelines;

    TimelineController(Timelines timelines) {
        this.timelines = timelines;
    }

    @GetMapping("/upcoming")
    UpcomingList upcoming(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant until,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return new UpcomingList(
                timelines.upcoming(null, Window.or(until, Instant.now().plus(DAY)), limit));
    }

    @GetMapping("/jobs/{jobid}/upcoming")
    UpcomingList upcomingOfJob(
            @PathVariable long jobid,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant until,
            @RequestParam(defaultValue = "5") @Min(1) @Max(1000) int limit) {
        return new UpcomingList(
                timelines.upcoming(jobid, Window.or(until, Instant.now().plus(Duration.ofDays(3660))), limit));
    }

    @GetMapping("/timeline")
    ResponseEntity<Timeline> timeline(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant until,
            @RequestParam(defaultValue = "100") @Min(1) @Max(Window.MOST_BUCKETS) int buckets,
            @RequestParam @Nullable List<Long> jobid,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        Instant end = Window.or(until, Instant.now().plus(DAY));
        Window window = Window.of(Window.or(from, end.minus(DAY.multipliedBy(2))), end, buckets);
        Timeline timeline = timelines.timeline(window, jobid, after, limit);
        return NextPage.after(timeline, "after", timeline.next());
    }

    @GetMapping("/statistics")
    Statistics statistics(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant until,
            @RequestParam @Nullable Duration bucket,
            @RequestParam @Nullable Long jobid) {
        Instant end = Window.or(until, Instant.now());
        Window window = Window.of(Window.or(from, end.minus(DAY)), end, bucket);
        return new Statistics(window.from(), window.until(), window.bucket(), timelines.statistics(window, jobid));
    }

    /** @param fires by time */
    record UpcomingList(List<Timelines.Upcoming> fires) {}
}
