package io.cronlink.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param user his name, as it stands in notes: {@code token:…} and {@code oidc:…} for who is no configured user
 * @param role the strongest role that he has; null: none
 * @param roles all that it includes
 * @param csrf what a request with the session's cookie must bring along if it changes something; null: it is no session
 * @param login how a browser may log in
 */
record SessionView(
        String user,
        @Nullable String role,
        List<String> roles,
        @Nullable Csrf csrf,
        LoginWays login) {

    record Csrf(String header, String token) {}
}
