package io.cronlink.security;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Who may do what: the first line that fits a request counts, and what fits none is for administrators. {@code contract/access.txt}
 * of the tests has what that makes of each endpoint.
 */
final class AccessRules {

    /** The page, which has no data in it before somebody has logged in, and what it loads. */
    private static final String[] DASHBOARD = {
        "/",
        "/jobs/**",
        "/runs/**",
        "/forecast",
        "/settings/**",
        "/login",
        "/dashboard/**",
        "/_static/**",
        "/webjars/**"
    };

    private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final List<HttpMethod> POST = List.of(HttpMethod.POST);

    private final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests;

    private AccessRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        this.requests = requests;
    }

    static void lay(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        AccessRules rules = new AccessRules(requests);
        rules.openToAll("/actuator/health/liveness", "/actuator/health/readiness", SessionController.PATH);
        READ.forEach(method -> requests.requestMatchers(method, DASHBOARD).permitAll());
        rules.allow(
                Role.METRICS,
                READ,
                "/actuator/health",
                "/actuator/health/**",
                "/actuator/metrics",
                "/actuator/metrics/**",
                "/actuator/prometheus");
        rules.allow(Role.ADMIN, READ, "/api/v1/tokens/**", "/api/v1/audit/**");
        rules.allow(Role.READER, READ, "/**");
        rules.allow(Role.READER, POST, "/api/v1/schedules/preview", "/api/v1/sql/check");
        rules.allow(
                Role.OPERATOR,
                POST,
                "/api/v1/jobs:pause",
                "/api/v1/jobs:resume",
                "/api/v1/jobs/*/pause",
                "/api/v1/jobs/*/resume",
                "/api/v1/jobs/*/runs",
                "/api/v1/runs/*/cancel",
                "/api/v1/runs/*/rerun");
        requests.anyRequest().hasRole(Role.ADMIN.name());
    }

    private void openToAll(String... paths) {
        requests.requestMatchers(paths).permitAll();
    }

    private void allow(Role role, List<HttpMethod> methods, String... paths) {
        methods.forEach(method -> requests.requestMatchers(method, paths).hasRole(role.name()));
    }
}
