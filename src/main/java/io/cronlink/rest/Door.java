package io.cronlink.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Comes after authentication. Only who may have an answer gets the body read, and only so many at once are served: all others
 * are told to come again, so that a thread is left for whoever asks whether the service lives.
 */
@Component
@Order(Door.AFTER_SECURITY)
class Door extends OncePerRequestFilter {

    static final int AFTER_SECURITY = 0;

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String STRANGER = "";

    private static final String SESSION = "/api/v1/session";
    private static final DataSize LOGIN = DataSize.ofKilobytes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LOGINS = 16;
    private static final int LOGINS_OF_AN_ADDRESS = 4;
    private static final int ADDRESSES = 256;

    private final RestProperties properties;
    private final HandlerExceptionResolver problems;
    private final Semaphore all;
    private final Semaphore logins = new Semaphore(LOGINS);

    /** Of a few addresses each, so that there are never more. */
    private final Semaphore[] loginShares = Stream.generate(() -> new Semaphore(LOGINS_OF_AN_ADDRESS))
            .limit(ADDRESSES)
            .toArray(Semaphore[]::new);

    private final Map<String, Semaphore> shares = new ConcurrentHashMap<>();
    private final BodyBudget bodies;

    Door(RestProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.properties = properties;
        this.problems = problems;
        all = new Semaphore(properties.maxRequests());
        bodies = new BodyBudget(properties.maxBody());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Principal user = request.getUserPrincipal();
        if (user != null) {
            admit(
                    all,
                    request,
                    response,
                    () -> admit(share(user.getName()), request, response, () -> {
                        serve(request, response, chain, properties.maxBody(), properties.bodyTimeout());
                    }));
        } else if (request.getRequestURI().equals(LIVENESS)) {
            chain.doFilter(Body.NONE.in(request), response);
        } else if (isLogin(request)) {
            admit(
                    loginsOf(request.getRemoteAddr()),
                    request,
                    response,
                    () -> admit(logins, request, response, () -> serve(request, response, chain, LOGIN, PATIENCE)));
        } else {
            admit(share(STRANGER), request, response, () -> chain.doFilter(Body.NONE.in(request), response));
        }
    }

    /** The one body that is read of somebody whom nobody knows yet. */
    private static boolean isLogin(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(request.getContextPath() + SESSION);
    }

    private Semaphore loginsOf(String address) {
        return loginShares[Math.floorMod(address.hashCode(), loginShares.length)];
    }

    private Semaphore share(String user) {
        return shares.computeIfAbsent(user, name -> new Semaphore(properties.maxRequestsPerUser()));
    }

    private void admit(Semaphore places, HttpServletRequest request, HttpServletResponse response, Service service)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, "Too many requests at once.");
            return;
        }
        try {
            service.serve();
        } finally {
            places.release();
        }
    }

    private void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            DataSize largest,
            Duration patience)
            throws ServletException, IOException {
        try (BodyReader body = new BodyReader(bodies)) {
            if (!isReceived(body, request, response, largest, patience)) {
                return;
            }
            // Set at first, for all whom nobody knows.
            response.setHeader(HttpHeaders.CONNECTION, null);
            chain.doFilter(body.received().in(request), response);
        }
    }

    private boolean isReceived(
            BodyReader body,
            HttpServletRequest request,
            HttpServletResponse response,
            DataSize largest,
            Duration patience) {
        try {
            return switch (body.read(request, largest.toBytes(), patience)) {
                case RECEIVED -> true;
                case TOO_LARGE ->
                    refuse(
                            request,
                            response,
                            HttpStatus.CONTENT_TOO_LARGE,
                            "The body is larger than " + largest.toBytes() + " bytes.");
                case TOO_SLOW -> refuse(request, response, HttpStatus.REQUEST_TIMEOUT, "The body took too long.");
                case NO_ROOM ->
                    refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, "Too many large requests at once.");
            };
        } catch (SocketTimeoutException silent) {
            return refuse(request, response, HttpStatus.REQUEST_TIMEOUT, "The body took too long.");
        } catch (IOException broken) {
            // Whoever has gone gets no answer.
            return !response.isCommitted()
                    && refuse(request, response, HttpStatus.BAD_REQUEST, "The body cannot be read.");
        }
    }

    private boolean refuse(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, @Nullable String detail) {
        ErrorResponseException refusal =
                new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        }
        problems.resolveException(request, response, null, refusal);
        return false;
    }

    private interface Service {
        void serve() throws ServletException, IOException;
    }
}
