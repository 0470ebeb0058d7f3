package io.cronlink.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Anybody may begin a log-in, and while it lasts the issuer may be asked: only so many at once, should it hang. */
final class OidcDoor extends OncePerRequestFilter {

    private static final int AT_ONCE = 8;

    private final HandlerExceptionResolver problems;
    private final Semaphore places = new Semaphore(AT_ONCE);

    OidcDoor(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.startsWith(OidcLogin.BEGIN) && !path.startsWith(OidcLogin.END);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            problems.resolveException(
                    request,
                    response,
                    null,
                    new RefusedLogin(
                            HttpStatus.SERVICE_UNAVAILABLE, "Too many log-ins at once.", Duration.ofSeconds(1)));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
