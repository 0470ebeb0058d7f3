package io.cronlink.security;

import io.github.bucket4j.Bucket;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.oauth2.client.autoconfigure.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Browsers log in at the issuer (OpenID Connect: code flow with PKCE, state and nonce) and come back to a session of ours. */
@Component
@ConditionalOnOAuth2ClientRegistrationProperties
class OidcLogin {

    /** Followed by the name of the registration. */
    static final String BEGIN = "/oauth2/authorization/";

    static final String END = "/login/oauth2/code/";

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FAILURES_TOLD_PER_MINUTE = 10;
    private static final int LONGEST_REASON = 300;

    private final OAuth2AuthorizationRequestRedirectFilter begin;
    private final OAuth2LoginAuthenticationFilter end;
    private final Sessions sessions;
    private final OidcUsers users;
    private final HandlerExceptionResolver problems;
    private final Bucket told = Bucket.builder()
            .addLimit(limit -> limit.capacity(FAILURES_TOLD_PER_MINUTE)
                    .refillGreedy(FAILURES_TOLD_PER_MINUTE, Duration.ofMinutes(1)))
            .build();

    OidcLogin(
            ClientRegistrationRepository registrations,
            Sessions sessions,
            OidcUsers users,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.users = users;
        this.problems = problems;
        LoginRequests requests = new LoginRequests(registrations);
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, BEGIN.substring(0, BEGIN.length() - 1));
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        begin = new OAuth2AuthorizationRequestRedirectFilter(resolver);
        begin.setAuthorizationRequestRepository(requests);
        begin.setAuthenticationFailureHandler(this::fail);
        begin.setRequestCache(new NullRequestCache());
        end = new OAuth2LoginAuthenticationFilter(registrations, new NoClients(), END + "*");
        end.setAuthorizationRequestRepository(requests);
        end.setAuthenticationManager(new ProviderManager(provider()));
        end.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
        end.setAuthenticationSuccessHandler(this::succeed);
        end.setAuthenticationFailureHandler(this::fail);
    }

    /** In the order in which they come. */
    List<Filter> filters() {
        return List.of(new OidcDoor(problems), begin, end);
    }

    /** An issuer that hangs must not take the threads away from who has nothing to do with it. */
    private static OidcAuthorizationCodeAuthenticationProvider provider() {
        JdkClientHttpRequestFactory patient = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        patient.setReadTimeout(PATIENCE);
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(patient)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        RestTemplate rest = new RestTemplate(patient);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService claims = new DefaultOAuth2UserService();
        claims.setRestOperations(rest);
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(claims);
        return new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
    }

    private void succeed(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException {
        Caller caller = users.find(
                        ((OAuth2AuthenticationToken) login).getPrincipal().getAttributes())
                .orElse(null);
        if (caller == null) {
            refuse(request, response, new FailedOidcLogin());
            return;
        }
        Role role = caller.role();
        if (role == null) {
            refuse(request, response, new AccessDeniedException(caller.getName() + " has no role here."));
            return;
        }
        try {
            PrivateCookie.SESSION.write(
                    request, response, sessions.begin(caller, role).session().text());
        } catch (DataAccessException unavailable) {
            refuse(request, response, unavailable);
            return;
        }
        response.sendRedirect(request.getContextPath() + "/");
    }

    private void fail(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        if (failure.getCause() instanceof IssuerAway away) {
            refuse(request, response, away);
        } else if (failure instanceof IssuerAway) {
            refuse(request, response, failure);
        } else {
            // What a misconfigured client needs, among it what anybody may have put into the URL.
            if (told.tryConsume(1)) {
                LOG.warn(
                        "A log-in at the issuer failed: {}",
                        line(Objects.requireNonNullElse(failure.getMessage(), "")));
            }
            refuse(request, response, new FailedOidcLogin());
        }
    }

    private static String line(String text) {
        String line = text.replaceAll("[^\\p{Graph} ]", "?");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        problems.resolveException(request, response, null, failure);
    }
}
