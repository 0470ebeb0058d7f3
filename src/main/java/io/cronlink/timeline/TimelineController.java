package io.cronlink.timeline;

import io.cronlink.http.NextPage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1")
class TimelineController {

    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final Timelines timelines;
    private final Forecasts forecasts;

    TimelineController(Timelines timelines, Forecasts forecasts) {
        this.timelines = timelines;
        this.forecasts = forecasts;
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

    @GetMapping("/forecast")
    Forecast forecast(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable Instant until) {
        Instant now = Instant.now();
        Instant start = Window.or(from, now).truncatedTo(ChronoUnit.SECONDS);
        Instant end = Window.or(until, start.plus(DAY));
        if (Duration.between(start, end).compareTo(WEEK) > 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "from and until must be at most 7 days apart");
        }
        Window window = Window.in(start, end, Duration.between(start, end).compareTo(DAY) > 0 ? HOUR : MINUTE);
        return new Forecaster(window, now, forecasts.firings(window, now), forecasts.limits()).forecast();
    }

    /** @param fires by time */
    record UpcomingList(List<Timelines.Upcoming> fires) {}
}
