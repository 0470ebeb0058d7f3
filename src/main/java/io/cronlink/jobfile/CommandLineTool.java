package io.cronlink.jobfile;

import io.cronlink.jobfile.CommandLineTool.Apply;
import io.cronlink.jobfile.CommandLineTool.Check;
import io.cronlink.jobfile.CommandLineTool.Export;
import io.cronlink.jobfile.CommandLineTool.Validate;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the jar does when its first argument is a word, and no setting of the service. */
@Command(
        name = "cronlink",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class,
        subcommands = {Apply.class, Check.class, Export.class, Validate.class},
        header = "Applies files of jobs to a database, by the same settings as the service.",
        description = "Without a command it is the service itself.",
        footer = {"", "The database: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD."})
public final class CommandLineTool {

    /** A check has found differences. */
    static final int DIFFERENT = 1;

    /** Something is wrong with the arguments, a file or the database; nothing of that file was changed. */
    static final int FAILED = 2;

    private static final Set<String> OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private CommandLineTool() {}

    /** Settings of the service begin with two dashes. */
    public static boolean isMeant(String[] arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("-") || OPTIONS.contains(arguments[0]));
    }

    /** Runs the command, and returns the exit code. */
    @SuppressWarnings("SystemOut")
    public static int run(String[] arguments) {
        // Libraries have nothing to say to who asks for a plan.
        LoggingSystem.get(CommandLineTool.class.getClassLoader()).beforeInitialize();
        return run(
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new CommandLineTool())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    CommandFailure.lines(failure).forEach(text -> err.println(PlanText.shown(text)));
                    return FAILED;
                });
        return line.execute(arguments);
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            header = "Makes the jobs what the file says.",
            description =
                    "Prints what that takes: + added, ~ changed, > taken over, - removed, = kept although the file has it no"
                            + " longer. All of a file, or nothing.",
            exitCodeListHeading = "Exit code:%n",
            exitCodeList = {"0:applied", "2:refused, or would be; nothing of that file was changed"})
    @SuppressWarnings("NullAway.Init")
    static final class Apply implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private JobFiles files;

        @Mixin
        private Applying applying;

        @Option(names = "--dry-run", description = "Try it all, print what it takes, and undo it.")
        private boolean dryRun;

        @Override
        public Integer call() {
            // Only a dry run has plans with conflicts: without it they are refused.
            return applying.apply(files.read(), dryRun, spec.commandLine().getOut()).stream()
                            .anyMatch(Plan::hasConflicts)
                    ? FAILED
                    : 0;
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            header = "Tells whether the jobs are what the file says.",
            description = "Prints what differs, and whether the file or somebody else has changed it. Changes nothing.",
            exitCodeListHeading = "Exit code:%n",
            exitCodeList = {"0:they are", "1:they differ", "2:refused"})
    @SuppressWarnings("NullAway.Init")
    static final class Check implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private JobFiles files;

        @Mixin
        private Applying applying;

        @Override
        public Integer call() {
            return applying.apply(files.read(), true, spec.commandLine().getOut()).stream()
                            .anyMatch(Plan::hasDifferences)
                    ? DIFFERENT
                    : 0;
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            header = "Tells whether the file is one of jobs. Needs no database.",
            description = "Schedules, time zones, roles and what else only a database knows: apply --dry-run.",
            exitCodeListHeading = "Exit code:%n",
            exitCodeList = {"0:it is", "2:it is not"})
    @SuppressWarnings("NullAway.Init")
    static final class Validate implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private JobFiles files;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            files.read()
                    .forEach((name, file) -> out.println(
                            PlanText.shown(name) + ": " + file.jobs().size() + " jobs"));
            return 0;
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            header = "Prints the jobs that are there.",
            exitCodeListHeading = "Exit code:%n",
            exitCodeList = {"0:printed", "2:refused"})
    @SuppressWarnings("NullAway.Init")
    static final class Export implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--format",
                defaultValue = "yaml",
                description =
                        "yaml: a file of jobs; sql: a statement for another Cronlink; pg_cron: statements for pg_cron. Default: yaml.")
        private ExportFormat format;

        @Option(names = "--username", paramLabel = "ROLE", description = "Only the jobs of this role.")
        private @Nullable String username;

        @Option(names = "--jobname", paramLabel = "NAME", description = "Only the jobs of this name.")
        private @Nullable String jobname;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            try (CommandDatabase database = CommandDatabase.open()) {
                out.print(format.export(database.jobs(), username, jobname));
            }
            out.flush();
            return 0;
        }
    }

    /** The jar's. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = CommandLineTool.class.getPackage().getImplementationVersion();
            return new String[] {"cronlink " + (version == null ? "(not packaged)" : version)};
        }
    }
}
