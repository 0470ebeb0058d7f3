package io.cronlink.jobfile;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** What applying files and checking them have in common. */
class Applying {

    @Option(names = "--prune", description = "Remove jobs that the file manages, and has no longer.")
    private boolean prune;

    @Option(names = "--adopt", description = "Take over jobs that are there already and differ, or are another file's.")
    private boolean adopt;

    @Option(names = "--json", description = "Print the plans as JSON.")
    private boolean json;

    /** One file after the other, each in a transaction of its own: one that is refused is told at the end, and keeps no other back. */
    List<Plan> apply(Map<String, JobFile> files, boolean dryRun, PrintWriter out) {
        List<Plan> plans = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        try (CommandDatabase database = CommandDatabase.open()) {
            files.forEach((name, file) -> {
                try {
                    Plan plan = database.jobs().apply(file, new Options(prune, adopt, dryRun));
                    plans.add(plan);
                    if (!json) {
                        out.print(PlanText.of(name, plan));
                    }
                } catch (DataAccessException refused) {
                    CommandFailure.lines(refused).forEach(line -> refusals.add(name + ": " + line));
                }
            });
        }
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(plans));
        }
        out.flush();
        if (!refusals.isEmpty()) {
            throw new CommandFailure(refusals);
        }
        return plans;
    }
}
