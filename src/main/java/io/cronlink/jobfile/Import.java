package io.cronlink.jobfile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cronlink.jobfile.Script.LeftOut;
import io.cronlink.row.Warning;
import java.util.List;

/**
 * What was taken over from another scheduler.
 *
 * @param dryRun whether nothing was changed
 * @param jobs by line; add: new; unchanged: there already
 */
record Import(
        boolean dryRun,
        List<ImportedJob> jobs,
        List<LeftOut> leftOut,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
