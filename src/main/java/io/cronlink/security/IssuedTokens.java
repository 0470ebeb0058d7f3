package io.cronlink.security;

import io.cronlink.startup.CannotStart;
import java.util.Optional;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;

/** Access tokens of an issuer that are for this service. */
class IssuedTokens {

    private final JwtDecoder decoder;
    private final OidcUsers users;
    private final IssuerNews news;

    IssuedTokens(JwtDecoder decoder, OAuth2ResourceServerProperties properties, OidcUsers users, IssuerNews news) {
        if (properties.getJwt().getAudiences().isEmpty()) {
            throw new CannotStart(
                    "an issuer of tokens is configured, but not for whom they must be: one for any other service would do",
                    "Set spring.security.oauth2.resourceserver.jwt.audiences.",
                    null);
        }
        this.decoder = decoder;
        this.users = users;
        this.news = news;
    }

    /** @throws IssuerAway if its keys are not known and cannot be had */
    Optional<Caller> find(String token) {
        try {
            return users.find(decoder.decode(token).getClaims());
        } catch (BadJwtException refused) {
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException unreachable) {
            throw news.away(unreachable);
        }
    }
}
