package io.cronlink.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says in one line why the service did not start; application.yml silences those who would say it in forty. */
class OneLineFailureReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger("io.cronlink.Cronlink");

    @Override
    public void report(FailureAnalysis analysis) {
        if (analysis.getCause() instanceof StoppedAtStart) {
            return;
        }
        String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
        LOG.error("Cronlink cannot start: {}", (sentence(analysis.getDescription()) + action).replaceAll("\\s+", " "));
        LOG.debug("The whole failure", analysis.getCause());
    }

    private static String sentence(String description) {
        String text = description.strip();
        return text.endsWith(".") ? text : text + ".";
    }
}
