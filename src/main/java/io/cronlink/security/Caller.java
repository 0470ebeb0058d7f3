package io.cronlink.security;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * Who calls, other than with a password: the name of a configured user as it is, all others marked with where they come from. No
 * configured name has a colon, so nobody can pass for another one in a note or a log.
 */
class Caller extends AbstractAuthenticationToken {

    private static final String TOKEN = "token:";
    private static final String ISSUER = "oidc:";

    private final String name;
    private final @Nullable Role role;

    Caller(String name, @Nullable Role role) {
        super(role == null ? List.of() : List.of(role.authority()));
        this.name = name;
        this.role = role;
        setAuthenticated(true);
    }

    static Caller withToken(String token, Role role) {
        return new Caller(TOKEN + token, role);
    }

    /** Of whom an issuer tells: without a role he is known, and may do nothing. */
    static Caller fromIssuer(String user, Optional<Role> role) {
        return new Caller(ISSUER + user, role.orElse(null));
    }

    @Nullable
    Role role() {
        return role;
    }

    @Override
    public Object getPrincipal() {
        return name;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
