package io.cronlink.why;

import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs")
class WhyController {

    private final Facts facts;

    WhyController(Facts facts) {
        this.facts = facts;
    }

    @GetMapping("/{jobid}/why")
    Why explain(@PathVariable long jobid, @RequestParam(defaultValue = "P3D") Duration since) {
        return Why.of(jobid, facts.of(jobid, since));
    }
}
