package io.cronlink.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cronlink.row.Warning;
import java.util.List;

/** A run, and what the database had to say when it was asked for. */
record StartedRun(
        @JsonUnwrapped Run run,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
