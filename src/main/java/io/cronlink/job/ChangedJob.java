package io.cronlink.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cronlink.row.Warning;
import java.util.List;

/** A job, and what the database has to say about the change just made. */
record ChangedJob(
        @JsonUnwrapped Job job,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
