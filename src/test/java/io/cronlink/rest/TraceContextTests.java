package io.cronlink.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(
            strings = {"00-" + TRACE + "-00f067aa0ba902b7-01", "cc-" + TRACE + "-00f067aa0ba902b7-01-what-is-to-come"})
    void isRead(String header) {
        assertThat(TraceContext.trace(header)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-00f067aa0ba902b7-01-more",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\n-00f067aa0ba902b7-01",
            })
    void isIgnoredIfItIsNone(String header) {
        assertThat(TraceContext.trace(header)).isNull();
    }

    @Test
    void isNotNeeded() {
        assertThat(TraceContext.trace(null)).isNull();
    }
}
