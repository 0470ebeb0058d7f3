package io.cronlink.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has what is logged for a request carry the trace that it is part of (W3C Trace Context). What is not a header of that kind is
 * ignored, as the standard demands: it is nobody's reason to refuse a request.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TraceContext extends OncePerRequestFilter {

    private static final String HEADER = "traceparent";
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?");
    private static final String FIRST_VERSION = "00-";
    private static final int FIRST_VERSION_LENGTH = 55;

    /** As in Elastic's common schema. */
    private static final String TRACE = "trace.id";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String trace = trace(request.getHeader(HEADER));
        if (trace == null) {
            chain.doFilter(request, response);
            return;
        }
        try (MDC.MDCCloseable ignored = MDC.putCloseable(TRACE, trace)) {
            chain.doFilter(request, response);
        }
    }

    /** A later version may have more behind the flags, the first one has not. */
    static @Nullable String trace(@Nullable String header) {
        if (header == null || header.startsWith(FIRST_VERSION) && header.length() != FIRST_VERSION_LENGTH) {
            return null;
        }
        Matcher matcher = TRACE_PARENT.matcher(header);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
