package io.cronlink.jobfile;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The folder of files of jobs that the service applies.
 *
 * @param directory null: there is none
 * @param prune whether jobs that a file has no longer, or whose file is gone, are removed
 * @param adopt whether jobs that are there and differ are taken over
 * @param checkInterval how often to look whether a file has changed
 */
@Validated
@ConfigurationProperties("cronlink.jobs")
record JobFolderProperties(
        @Nullable Path directory,
        @DefaultValue("false") boolean prune,
        @DefaultValue("false") boolean adopt,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration checkInterval) {}
