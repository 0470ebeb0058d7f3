package io.cronlink.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser was sent to the issuer with, kept by the browser: it may come back to another replica, and nobody who only begins
 * to log in fills anything here.
 */
final class LoginRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private final ClientRegistrationRepository registrations;
    private final JsonMapper mapper = JsonMapper.shared();

    LoginRequests(ClientRegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return PrivateCookie.LOGIN
                .read(request)
                .flatMap(this::read)
                .filter(kept -> kept.state().equals(request.getParameter(OAuth2ParameterNames.STATE)))
                .flatMap(this::restore)
                .orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
        if (login == null) {
            PrivateCookie.LOGIN.remove(request, response);
            return;
        }
        Kept kept = new Kept(
                attribute(login, OAuth2ParameterNames.REGISTRATION_ID),
                Objects.requireNonNull(login.getRedirectUri()),
                Objects.requireNonNull(login.getState()),
                attribute(login, OidcParameterNames.NONCE),
                attribute(login, PkceParameterNames.CODE_VERIFIER));
        PrivateCookie.LOGIN.write(
                request,
                response,
                Base64.getUrlEncoder().withoutPadding().encodeToString(mapper.writeValueAsBytes(kept)));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest login = loadAuthorizationRequest(request);
        PrivateCookie.LOGIN.remove(request, response);
        return login;
    }

    private static String attribute(OAuth2AuthorizationRequest login, String name) {
        return Objects.requireNonNull(login.getAttribute(name), name);
    }

    private Optional<Kept> read(String cookie) {
        try {
            return Optional.ofNullable(mapper.readValue(Base64.getUrlDecoder().decode(cookie), Kept.class))
                    .filter(Kept::isWhole);
        } catch (JacksonException | IllegalArgumentException madeUp) {
            return Optional.empty();
        }
    }

    private Optional<OAuth2AuthorizationRequest> restore(Kept kept) {
        ClientRegistration registration = registrations.findByRegistrationId(kept.registration());
        return registration == null
                ? Optional.empty()
                : Optional.of(OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri(Objects.requireNonNull(
                                registration.getProviderDetails().getAuthorizationUri()))
                        .clientId(registration.getClientId())
                        .scopes(registration.getScopes())
                        .redirectUri(kept.redirectUri())
                        .state(kept.state())
                        .attributes(attributes -> attributes.putAll(Map.of(
                                OAuth2ParameterNames.REGISTRATION_ID, kept.registration(),
                                OidcParameterNames.NONCE, kept.nonce(),
                                PkceParameterNames.CODE_VERIFIER, kept.verifier())))
                        .build());
    }

    /**
     * @param nonce what the ID token must be for
     * @param verifier what the code must be for, by PKCE
     */
    private record Kept(String registration, String redirectUri, String state, String nonce, String verifier) {

        @SuppressWarnings("ConstantValue")
        boolean isWhole() {
            return registration != null
                    && !registration.isEmpty()
                    && redirectUri != null
                    && state != null
                    && nonce != null
                    && verifier != null;
        }
    }
}
