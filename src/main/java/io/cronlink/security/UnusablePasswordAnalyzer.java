package io.cronlink.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnusablePasswordAnalyzer extends AbstractFailureAnalyzer<UnusablePassword> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusablePassword cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Check cronlink.security.password and cronlink.security.users.", cause);
    }
}
