package io.cronlink.jobfile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Applies the files of a folder at the start and whenever one has changed. It looks at what they hold and not at when they were
 * written: Kubernetes swaps a link for all of a ConfigMap, of which no watch tells. Each service of several does so; who comes second
 * finds nothing to do. What is wrong with a file is logged and shown in health, and stops nothing.
 */
@Component("jobsHealthIndicator")
@ConditionalOnProperty("cronlink.jobs.directory")
class JobFolderKeeper implements SmartLifecycle, HealthIndicator {

    /** Before the name of a file: only what came from the folder is pruned when its file is gone. */
    static final String PREFIX = "directory/";

    private static final Logger LOG = LoggerFactory.getLogger(JobFolderKeeper.class);

    /** After this a file that was refused is tried again: a role may be there now, or a job out of the way. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JobFolder folder;
    private final JobFolderProperties properties;
    private final JobFileReader reader;
    private final ManagedJobs jobs;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private Set<String> present = Set.of();
    private @Nullable String trouble;
    private volatile Health health = Health.unknown().build();
    private volatile @Nullable Thread thread;

    JobFolderKeeper(JobFolderProperties properties, JobFileReader reader, ManagedJobs jobs) {
        this.properties = properties;
        this.folder = new JobFolder(Objects.requireNonNull(properties.directory()));
        this.reader = reader;
        this.jobs = jobs;
    }

    /**
     * What became of a file.
     *
     * @param file null: it is none of jobs
     * @param trouble why it was refused; null: it was applied
     */
    private record Outcome(@Nullable JobFile file, @Nullable String trouble, Instant at) {

        boolean holdsFor(JobFile read, Instant now) {
            return read.equals(file) && (trouble == null || now.isBefore(at.plus(RETRY)));
        }
    }

    @Override
    public void start() {
        Thread keeper = new Thread(this::keep, "job-folder");
        keeper.setDaemon(true);
        thread = keeper;
        keeper.start();
    }

    private void keep() {
        while (thread != null) {
            look(Instant.now());
            try {
                Thread.sleep(properties.checkInterval().toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    synchronized void look(Instant now) {
        try {
            List<Path> files = folder.files();
            Set<String> names =
                    files.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            outcomes.keySet().retainAll(names);
            files.forEach(file -> lookAt(file, now));
            if (!names.equals(present)) {
                pruneLost(names);
                present = names;
            }
            tell(null);
        } catch (IOException unreadable) {
            tell("The folder " + folder.path() + " cannot be read");
        } catch (DataAccessException away) {
            tell(CommandFailure.reason(away));
        }
    }

    private void lookAt(Path file, Instant now) {
        String name = file.getFileName().toString();
        Outcome before = outcomes.get(name);
        JobFile read = null;
        try {
            JobFile given = JobFolder.read(file, reader);
            read = given.managedBy(PREFIX + Objects.requireNonNullElse(given.manager(), JobFolder.nameOf(file)));
            if (before != null && before.holdsFor(read, now)) {
                return;
            }
            requireOwnManager(name, read);
            Plan plan = jobs.apply(read, new Options(properties.prune(), properties.adopt(), false));
            outcomes.put(name, new Outcome(read, null, now));
            if (plan.hasDifferences() || before == null || before.trouble() != null) {
                LOG.info("{}", PlanText.summary(name, plan));
            }
        } catch (BadJobFile bad) {
            refused(name, before, read, bad.faults().get(0).in(name), now);
        } catch (IOException unreadable) {
            refused(name, before, read, name + ": cannot be read", now);
        } catch (DataAccessException refused) {
            refused(name, before, read, name + ": " + CommandFailure.reason(refused), now);
        }
    }

    private void requireOwnManager(String name, JobFile file) {
        outcomes.forEach((other, outcome) -> {
            if (!other.equals(name)
                    && outcome.file() != null
                    && Objects.equals(outcome.file().manager(), file.manager())) {
                throw new BadJobFile(List.of(Fault.of("has the same manager as " + other)));
            }
        });
    }

    /** Each trouble is told once. */
    private void refused(String name, @Nullable Outcome before, @Nullable JobFile read, String trouble, Instant now) {
        if (before == null || !trouble.equals(before.trouble())) {
            LOG.warn("Not applied, nothing of it: {}", PlanText.shown(trouble));
        }
        outcomes.put(name, new Outcome(read, trouble, now));
    }

    /** Not while one of them is unreadable, whose jobs these may be; nor when none is left, as then the folder itself may be missing. */
    private void pruneLost(Set<String> names) {
        boolean allKnown = outcomes.values().stream().allMatch(outcome -> outcome.file() != null);
        if (!properties.prune() || names.isEmpty() || !allKnown) {
            return;
        }
        Set<String> managers = outcomes.values().stream()
                .map(outcome -> Objects.requireNonNull(outcome.file()).manager())
                .collect(Collectors.toSet());
        for (String manager : jobs.managers(PREFIX)) {
            if (!managers.contains(manager)) {
                Plan plan = jobs.apply(new JobFile(manager, List.of()), new Options(true, false, false));
                LOG.info("Its file is gone: {}", PlanText.summary(manager, plan));
            }
        }
    }

    private void tell(@Nullable String problem) {
        if (problem != null && !problem.equals(trouble)) {
            LOG.warn("{}", PlanText.shown(problem));
        }
        trouble = problem;
        health = found();
    }

    /** As it was when the folder was looked at last: the database may be slow. */
    @Override
    public Health health() {
        return health;
    }

    private Health found() {
        Map<String, String> files = new TreeMap<>();
        outcomes.forEach((name, outcome) ->
                files.put(name, Objects.requireNonNullElse(outcome.trouble(), "applied at " + outcome.at())));
        boolean isGood = trouble == null && outcomes.values().stream().allMatch(outcome -> outcome.trouble() == null);
        Health.Builder found = (isGood ? Health.up() : Health.down()).withDetail("files", files);
        return trouble == null
                ? found.build()
                : found.withDetail("reason", trouble).build();
    }

    @Override
    public void stop() {
        Thread keeper = thread;
        thread = null;
        if (keeper == null) {
            return;
        }
        keeper.interrupt();
        try {
            keeper.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
