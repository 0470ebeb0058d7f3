package io.cronlink.security;

import io.cronlink.secret.BearerSecret;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets in whoever has the cookie of a session. One that is over is taken away again, and its bearer is a stranger. Whoever also
 * says who he is in the request itself is that one.
 */
class SessionFilter extends OncePerRequestFilter {

    private static final Set<String> SUPERVISORS = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private final Sessions sessions;
    private final HandlerExceptionResolver problems;
    private final Newcomers newcomers = new Newcomers();
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    SessionFilter(Sessions sessions, HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> cookie = PrivateCookie.SESSION.read(request);
        if (cookie.isPresent() && request.getHeader(HttpHeaders.AUTHORIZATION) == null && isOfUse(request)) {
            try {
                BearerSecret.parse(cookie.get())
                        .flatMap(secret -> newcomers.admit(secret.hash(), () -> sessions.find(secret)))
                        .ifPresentOrElse(
                                caller -> know(caller, request, response),
                                () -> PrivateCookie.SESSION.remove(request, response));
            } catch (DataAccessException | RefusedLogin failure) {
                problems.resolveException(request, response, null, failure);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Not where everybody is let in, and least of all where it is asked whether the service lives. */
    private static boolean isOfUse(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/api/") || (path.startsWith("/actuator") && !SUPERVISORS.contains(path));
    }

    private void know(SessionCaller caller, HttpServletRequest request, HttpServletResponse response) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(caller);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
