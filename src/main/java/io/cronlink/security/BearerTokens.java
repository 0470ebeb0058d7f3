package io.cronlink.security;

import io.cronlink.secret.BearerSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** What comes as {@code Authorization: Bearer}: our own tokens by how they begin, and those of an issuer if there is one. */
@Component
class BearerTokens implements AuthenticationManager {

    private final ApiTokens tokens;
    private final ObjectProvider<IssuedTokens> issuer;
    private final FailedLogins failures;
    private final Newcomers newcomers = new Newcomers();
    private final Newcomers issuersNewcomers = new Newcomers();

    BearerTokens(ApiTokens tokens, ObjectProvider<IssuedTokens> issuer, LoginProperties properties) {
        this.tokens = tokens;
        this.issuer = issuer;
        failures = new FailedLogins(properties, InstantSource.system());
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String token = ((BearerTokenAuthenticationToken) login).getToken();
        FailedLogins.Attempt attempt = FailedLogins.Attempt.withToken(
                login.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "");
        byte[] hash = hash(token);
        boolean isKnown = newcomers.know(hash) || issuersNewcomers.know(hash);
        if (!isKnown) {
            failures.begin(attempt);
        }
        try {
            Optional<Caller> caller = find(token, hash);
            if (caller.isEmpty()) {
                throw new InvalidToken();
            }
            if (!isKnown) {
                failures.forgive(attempt);
            }
            return caller.get();
        } catch (InvalidToken failure) {
            failures.fail(attempt);
            throw failure;
        } catch (AuthenticationException notTried) {
            if (!isKnown) {
                failures.forgive(attempt);
            }
            throw notTried;
        }
    }

    private Optional<Caller> find(String token, byte[] hash) {
        IssuedTokens issued = issuer.getIfAvailable();
        if (issued != null && !token.startsWith(BearerSecret.PREFIX)) {
            return issuersNewcomers.admit(hash, () -> issued.find(token));
        }
        try {
            return BearerSecret.parse(token).flatMap(secret -> newcomers.admit(hash, () -> tokens.find(secret)));
        } catch (DataAccessException unavailable) {
            throw new AuthenticationServiceException("The token cannot be looked up", unavailable);
        }
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
