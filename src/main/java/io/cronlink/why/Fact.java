package io.cronlink.why;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of cron.why().
 *
 * @param time when, or since when
 * @param until until when; of several fires the time of the last one
 * @param fires how many fires it is about
 * @param detail its figures
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Fact(
        @JsonIgnore String section,
        String code,
        String fact,
        @Nullable String hint,
        @Nullable Instant time,
        @Nullable Instant until,
        @Nullable Long fires,
        @Nullable Long runid,
        Map<String, Object> detail) {}
