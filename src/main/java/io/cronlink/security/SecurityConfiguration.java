package io.cronlink.security;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Any SQL can be scheduled over REST, so nothing is open but the two questions of a container's supervisor. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String READER = Role.READER.name();
    private static final String OPERATOR = Role.OPERATOR.name();
    private static final String ADMIN = Role.ADMIN.name();

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(ADMIN)
                .implies(OPERATOR)
                .role(OPERATOR)
                .implies(READER)
                .build();
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, failure) -> problems.resolveException(request, response, null, failure);
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/actuator/health/liveness", "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers("/api/v1/audit/**")
                        .hasRole(ADMIN)
                        .requestMatchers(HttpMethod.GET, "/**")
                        .hasRole(READER)
                        .requestMatchers(HttpMethod.POST, "/api/v1/schedules/preview", "/api/v1/sql/check")
                        .hasRole(READER)
                        .requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/jobs:pause",
                                "/api/v1/jobs:resume",
                                "/api/v1/jobs/*/runs",
                                "/api/v1/jobs/*/pause",
                                "/api/v1/jobs/*/resume",
                                "/api/v1/runs/*/cancel",
                                "/api/v1/runs/*/rerun")
                        .hasRole(OPERATOR)
                        .anyRequest()
                        .hasRole(ADMIN))
                .httpBasic(basic -> basic.authenticationEntryPoint(
                        (request, response, failure) -> problems.resolveException(request, response, null, failure)))
                .exceptionHandling(exceptions -> exceptions.accessDeniedHandler(
                        (request, response, failure) -> problems.resolveException(request, response, null, failure)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // A token needs a session. What it guards against is refused by where a request comes from.
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CrossSiteFilter(problems), BasicAuthenticationFilter.class)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'self'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }
}
