package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cronlink.jobfile.Script.Found;
import org.jspecify.annotations.Nullable;

/**
 * A job of another scheduler's.
 *
 * @param line where it begins, counted from 1
 * @param command its beginning
 * @param plan what becomes of it
 */
record ImportedJob(
        int line,
        String schedule,
        String command,
        @Nullable String timezone,
        @Nullable String database,
        @JsonUnwrapped PlannedJob plan) {

    static ImportedJob of(Found found, PlannedJob plan) {
        return new ImportedJob(
                found.line(),
                found.job().path("schedule").asString(),
                Script.beginning(found.job().path("command").asString()),
                found.text("timezone"),
                found.text("database"),
                plan);
    }
}
