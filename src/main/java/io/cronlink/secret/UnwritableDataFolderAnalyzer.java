package io.cronlink.secret;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnwritableDataFolderAnalyzer extends AbstractFailureAnalyzer<UnwritableDataFolder> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnwritableDataFolder cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set CRONLINK_DATA to a folder that can be written, or CRONLINK_SECURITY_PASSWORD: with a password and a"
                        + " database configured, nothing is written.",
                cause);
    }
}
