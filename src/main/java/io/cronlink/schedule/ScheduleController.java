package io.cronlink.schedule;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/schedules")
class ScheduleController {

    private static final int FIRES = 5;

    private final Schedules schedules;

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    @PostMapping("/preview")
    Preview preview(@RequestBody @Valid PreviewRequest request) {
        return new Preview(
                schedules.describe(request.schedule()),
                schedules.nextFires(
                        request.schedule(),
                        request.timezone(),
                        request.after(),
                        request.count() == null ? FIRES : request.count()),
                schedules.warnings(request.schedule(), request.timezone()));
    }

    record PreviewRequest(
            @NotNull String schedule,
            @Nullable String timezone,
            @Nullable Instant after,
            @Min(1) @Max(100) @Nullable Integer count) {}

    record Preview(@Nullable String description, List<Instant> nextFires, List<Warning> warnings) {}

    record Warning(String code, String warning) {}
}
