package io.cronlink.alarm;

import io.cronlink.http.NextPage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/alarms")
class AlarmController {

    private final Alarms alarms;
    private final AlarmTest test;

    AlarmController(Alarms alarms, AlarmTest test) {
        this.alarms = alarms;
        this.test = test;
    }

    @GetMapping
    ResponseEntity<AlarmPage> list(
            @RequestParam @Nullable Boolean open,
            @RequestParam @Nullable AlarmKind kind,
            @RequestParam @Nullable Long jobid,
            @RequestParam @Nullable Long before,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        AlarmPage page = AlarmPage.of(alarms.list(open, kind, jobid, before, limit), limit);
        return NextPage.after(page, "before", page.next());
    }

    @GetMapping("/{alarmid}")
    Alarm read(@PathVariable long alarmid) {
        return alarms.find(alarmid).orElseThrow(() -> new NoSuchAlarm(alarmid));
    }

    @PostMapping("/test")
    TestResult test(Principal user) {
        return test.send(user.getName());
    }

    /**
     * @param alarmid the alarm that was a test
     * @param channels how each channel took it; none: no channel is configured
     */
    record TestResult(long alarmid, List<ChannelResult> channels) {}

    /**
     * @param error why it was not delivered
     */
    record ChannelResult(
            String channel, boolean delivered, @Nullable String error) {}
}
