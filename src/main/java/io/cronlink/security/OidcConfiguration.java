package io.cronlink.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.oauth2.client.autoconfigure.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Users of an issuer, if Spring Boot's own properties name one. */
@Configuration(proxyBeanMethods = false)
class OidcConfiguration {

    private static final String BEARER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    @Bean
    @ConditionalOnProperty(BEARER)
    IssuedTokens issuedTokens(
            JwtDecoder decoder, OAuth2ResourceServerProperties properties, OidcUsers users, IssuerNews news) {
        return new IssuedTokens(decoder, properties, users, news);
    }

    /** Spring Boot's asks the issuer at the start, which would fail while the issuer is away. */
    @Bean
    @ConditionalOnOAuth2ClientRegistrationProperties
    ClientRegistrationRepository clientRegistrations(OAuth2ClientProperties properties, IssuerNews news) {
        SupplierClientRegistrationRepository registrations =
                new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(
                        new OAuth2ClientPropertiesMapper(properties).asClientRegistrations()));
        return name -> {
            if (!properties.getRegistration().containsKey(name)) {
                return null;
            }
            try {
                return registrations.findByRegistrationId(name);
            } catch (IllegalArgumentException | IllegalStateException unreachable) {
                throw news.away(unreachable);
            }
        };
    }
}
