package io.cronlink.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses what Spring stumbles over, and gives words to what it refuses without any. */
@Component
@Order(ProblemFilter.AFTER_SECURITY)
class ProblemFilter extends OncePerRequestFilter {

    static final int AFTER_SECURITY = 1;

    private final HandlerExceptionResolver problems;

    ProblemFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isWild(request.getContentType())) {
            problems.resolveException(
                    request,
                    response,
                    null,
                    new ResponseStatusException(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A body has one Content-Type, without wildcards."));
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() >= HttpStatus.BAD_REQUEST.value()
                && response.getContentType() == null
                && !response.isCommitted()) {
            // On to the error page.
            response.sendError(response.getStatus());
        }
    }

    private static boolean isWild(@Nullable String contentType) {
        if (contentType == null || contentType.isEmpty()) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.isWildcardType() || type.isWildcardSubtype();
        } catch (InvalidMediaTypeException refusedLater) {
            return false;
        }
    }
}
