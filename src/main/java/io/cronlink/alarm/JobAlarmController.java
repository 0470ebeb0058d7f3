package io.cronlink.alarm;

import io.cronlink.row.Change;
import java.lang.reflect.RecordComponent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/jobs/{jobid}/alarms")
class JobAlarmController {

    private final Rules rules;
    private final JsonMapper mapper;

    JobAlarmController(Rules rules, JsonMapper mapper) {
        this.rules = rules;
        this.mapper = mapper;
    }

    @GetMapping
    JobAlarms read(@PathVariable long jobid) {
        return rules.find(jobid).orElseThrow(() -> new NoSuchJob(jobid));
    }

    /** What it does not name goes by the settings from now on. */
    @PutMapping
    JobAlarms replace(@PathVariable long jobid, @RequestBody ObjectNode body) {
        ObjectNode whole = body.deepCopy();
        for (RecordComponent rule : AlarmRules.class.getRecordComponents()) {
            if (!whole.has(rule.getName())) {
                whole.putNull(rule.getName());
            }
        }
        return change(jobid, whole);
    }

    @PatchMapping
    JobAlarms change(@PathVariable long jobid, @RequestBody ObjectNode body) {
        Change change = Change.of(body, AlarmRules.class, mapper);
        if (!change.isEmpty()) {
            rules.set(jobid, change);
        }
        return read(jobid);
    }
}
