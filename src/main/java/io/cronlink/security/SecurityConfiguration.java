package io.cronlink.security;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Any SQL can be scheduled over REST, so nothing is open but the two questions of a container's supervisor. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String NO_CSRF = "The session's CSRF token is wanted in the header " + SessionCsrf.HEADER
            + ": see GET " + SessionController.PATH + ".";

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.ADMIN.name())
                .implies(Role.OPERATOR.name())
                .role(Role.OPERATOR.name())
                .implies(Role.READER.name())
                .role(Role.READER.name())
                .implies(Role.METRICS.name())
                .build();
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(
            SecurityHeaders headers, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, failure) -> {
            headers.writeHeaders(request, response);
            problems.resolveException(request, response, null, failure);
        };
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            SecurityHeaders headers,
            Sessions sessions,
            BearerTokens tokens,
            ObjectProvider<OidcLogin> oidc,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        AuthenticationEntryPoint refusal = (request, response, failure) -> problems.resolveException(
                request,
                response,
                null,
                failure instanceof OAuth2AuthenticationException ? new InvalidToken() : failure);
        SessionCsrf csrf = new SessionCsrf();
        http.authorizeHttpRequests(AccessRules::lay)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(refusal)
                        .accessDeniedHandler((request, response, failure) -> problems.resolveException(
                                request,
                                response,
                                null,
                                failure instanceof CsrfException ? new AccessDeniedException(NO_CSRF) : failure)))
                // Ours are not the container's: see Sessions.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(config -> config.csrfTokenRepository(csrf)
                        .csrfTokenRequestHandler(new SessionCsrf.FromHeader())
                        .requireCsrfProtectionMatcher(csrf))
                .addFilterBefore(new CrossSiteFilter(problems), CsrfFilter.class)
                .addFilterBefore(new SessionFilter(sessions, problems), CsrfFilter.class)
                .addFilterBefore(bearer(tokens, refusal), BasicAuthenticationFilter.class)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(config -> config.defaultsDisabled().addHeaderWriter(headers));
        oidc.ifAvailable(login ->
                login.filters().forEach(filter -> http.addFilterBefore(filter, BasicAuthenticationFilter.class)));
        return http.build();
    }

    private static BearerTokenAuthenticationFilter bearer(BearerTokens tokens, AuthenticationEntryPoint refusal) {
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(tokens);
        filter.setAuthenticationEntryPoint(refusal);
        filter.setAuthenticationFailureHandler(refusal::commence);
        return filter;
    }
}
