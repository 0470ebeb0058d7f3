package io.cronlink.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * An issuer of tokens (spring-authorization-server) that knows alice, one of the {@code admins}, and mallory, who is nothing here
 * and calls himself admin; and one client, this service, that must use PKCE.
 */
final class Issuer implements AutoCloseable {

    static final String CLIENT = "cronlink";
    static final String SECRET = "secret of the client";
    static final String PASSWORD = "password at the issuer";

    private static final RSAKey KEY = key();

    private final int port;
    private @Nullable AnnotationConfigServletWebServerApplicationContext context;

    /** It does not answer yet. */
    Issuer() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** For a service at this URL. */
    void start(String service) {
        AnnotationConfigServletWebServerApplicationContext started =
                new AnnotationConfigServletWebServerApplicationContext();
        started.registerBean(TomcatServletWebServerFactory.class, () -> new TomcatServletWebServerFactory(port));
        // All that it does filters do, but for no servlet Tomcat asks no filter.
        started.registerBean(HttpServlet.class, () -> new HttpServlet() {});
        started.registerBean(
                AuthorizationServerSettings.class,
                () -> AuthorizationServerSettings.builder().issuer(url()).build());
        started.registerBean(RegisteredClientRepository.class, () -> clients(service));
        started.register(Server.class);
        started.refresh();
        context = started;
    }

    private static RegisteredClientRepository clients(String service) {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .redirectUri(service + "/login/oauth2/code/test")
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .build());
    }

    /** Any token that it could have issued. */
    String token(Consumer<JwtClaimsSet.Builder> claims) {
        return token(KEY, claims);
    }

    /** The same, but for who has signed it. */
    String forgedToken(Consumer<JwtClaimsSet.Builder> claims) {
        return token(key(), claims);
    }

    private String token(RSAKey key, Consumer<JwtClaimsSet.Builder> claims) {
        JwtClaimsSet.Builder all = JwtClaimsSet.builder()
                .issuer(url())
                .subject("4711")
                .audience(List.of("cronlink-api"))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(300))
                .claim("preferred_username", "alice")
                .claim("realm_access", Map.of("roles", List.of("admins")));
        claims.accept(all);
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.RS256)
                                .keyId(KEY.getKeyID())
                                .build(),
                        all.build()))
                .getTokenValue();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("key").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    /** Not one of the service: components are looked for here, too. */
    @TestConfiguration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Server {

        @Bean
        @Order(1)
        SecurityFilterChain issuing(HttpSecurity http) {
            http.oauth2AuthorizationServer(server -> {
                        http.securityMatcher(server.getEndpointsMatcher());
                        server.oidc(Customizer.withDefaults());
                    })
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(exceptions -> exceptions.defaultAuthenticationEntryPointFor(
                            new LoginUrlAuthenticationEntryPoint("/login"), AnyRequestMatcher.INSTANCE));
            return http.build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain loggingIn(HttpSecurity http) {
            http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults());
            return http.build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(user("alice"), user("mallory"));
        }

        private static UserDetails user(String name) {
            return User.withUsername(name)
                    .password("{noop}" + PASSWORD)
                    .roles("USER")
                    .build();
        }

        @Bean
        JWKSource<SecurityContext> keys() {
            return new ImmutableJWKSet<>(new JWKSet(KEY));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return org.springframework.security.config.annotation.web.configuration
                    .OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return token -> {
                Authentication principal = Objects.requireNonNull(token.<Authentication>getPrincipal());
                String user = principal.getName();
                if (user.equals(CLIENT)) {
                    token.getClaims()
                            .audience(List.of("cronlink-api"))
                            .claim("realm_access", Map.of("roles", List.of("lookers")));
                } else if (user.equals("alice")) {
                    token.getClaims()
                            .claim("preferred_username", "alice")
                            .claim("realm_access", Map.of("roles", List.of("admins", "others")));
                } else {
                    token.getClaims()
                            .claim("preferred_username", "admin")
                            .claim("realm_access", Map.of("roles", List.of("admin")));
                }
            };
        }
    }
}
