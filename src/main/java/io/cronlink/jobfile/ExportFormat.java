package io.cronlink.jobfile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** As what jobs are exported. */
enum ExportFormat {
    YAML {
        @Override
        String export(ManagedJobs jobs, @Nullable String username, @Nullable String jobname) {
            return JobFileWriter.yaml(jobs.export(username, jobname));
        }
    },
    SQL {
        @Override
        String export(ManagedJobs jobs, @Nullable String username, @Nullable String jobname) {
            return jobs.exportSql(username, jobname);
        }
    },
    PG_CRON {
        @Override
        String export(ManagedJobs jobs, @Nullable String username, @Nullable String jobname) {
            if (username != null || jobname != null) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "For pg_cron all jobs are exported.");
            }
            return String.join("\n", jobs.exportPgCron()) + "\n";
        }
    };

    /** As it is spelt in a request and on the command line. */
    static ExportFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract String export(ManagedJobs jobs, @Nullable String username, @Nullable String jobname);
}
