package io.cronlink.audit;

import io.cronlink.http.NextPage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    @GetMapping
    ResponseEntity<AuditPage> list(
            @RequestParam @Nullable String objectType,
            @RequestParam @Nullable String objectId,
            @RequestParam @Nullable Long before,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        List<Entry> entries = log.list(objectType, objectId, before, limit);
        Long next = entries.size() < limit ? null : entries.get(limit - 1).auditid();
        return NextPage.after(new AuditPage(entries, next), "before", next);
    }

    @GetMapping("/{auditid}")
    Entry read(@PathVariable long auditid) {
        return log.find(auditid)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "Entry " + auditid + " of the audit does not exist."));
    }

    /**
     * @param entries the latest first; of their texts the first 200 characters
     * @param next to be given as {@code before} to get the entries that precede; null at the end
     */
    record AuditPage(List<Entry> entries, @Nullable Long next) {}
}
