package io.cronlink.secret;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnusableDataFolderAnalyzer extends AbstractFailureAnalyzer<UnusableDataFolder> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableDataFolder cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set CRONLINK_DATA to a writable folder. None is needed once SPRING_DATASOURCE_URL and CRONLINK_SECURITY_PASSWORD"
                        + " are set.",
                cause);
    }
}
