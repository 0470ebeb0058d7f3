package io.cronlink.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** What {@code security} adds to all answers, for those that never get as far as there. */
final class ProblemHeaders {

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    private ProblemHeaders() {}

    static void addMissing(HttpServletResponse response) {
        HEADERS.forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
    }
}
