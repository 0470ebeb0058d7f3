package io.cronlink.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What an operator may have switched off for everybody, or asks of everybody. */
@Component
class Switches implements WebMvcConfigurer, HandlerInterceptor {

    private static final Set<String> READING =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());

    /** They have a body, and change nothing; or nothing but who is logged in. */
    private static final Set<String> HARMLESS =
            Set.of("/api/v1/schedules/preview", "/api/v1/sql/check", "/api/v1/session");

    private final RestProperties properties;

    Switches(RestProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (READING.contains(request.getMethod())) {
            return true;
        }
        if (properties.readOnly() && !HARMLESS.contains(request.getRequestURI())) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Nothing can be changed over REST: cronlink.rest.read-only is true.");
        }
        if (properties.requireIfMatch()
                && handler instanceof HandlerMethod method
                && takesIfMatch(method)
                && request.getHeader(HttpHeaders.IF_MATCH) == null) {
            throw new ResponseStatusException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "If-Match is required: read it first, and say by its ETag which version is meant, or * for any.");
        }
        return true;
    }

    private static boolean takesIfMatch(HandlerMethod method) {
        return Arrays.stream(method.getMethod().getParameters())
                .map(parameter -> MergedAnnotations.from(parameter).get(RequestHeader.class))
                .anyMatch(
                        header -> header.isPresent() && header.getString("name").equals(HttpHeaders.IF_MATCH));
    }
}
