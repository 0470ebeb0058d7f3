package io.cronlink.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom an issuer's claims are about, and what he may do here: nothing, unless it is configured. */
@Component
class OidcUsers {

    private static final String SUBJECT = "sub";

    /** Names are shown in notes, lists and logs: nothing that would turn or break a line. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,200}");

    private final OidcProperties properties;

    OidcUsers(OidcProperties properties) {
        this.properties = properties;
    }

    /** Empty if the claims give nobody a name. */
    Optional<Caller> find(Map<String, Object> claims) {
        return Stream.of(properties.usernameClaim(), SUBJECT)
                .map(claim -> value(claims, claim))
                .flatMap(Optional::stream)
                .map(String::valueOf)
                .findFirst()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> Caller.fromIssuer(name, role(claims)));
    }

    private Optional<Role> role(Map<String, Object> claims) {
        List<String> values =
                value(claims, properties.rolesClaim()).map(OidcUsers::texts).orElse(List.of());
        return Arrays.stream(Role.values())
                .filter(role -> properties.roles().of(role).stream().anyMatch(values::contains))
                .max(Comparator.naturalOrder());
    }

    /** Names of claims may have dots themselves: that of a URL does. */
    private static Optional<Object> value(Map<?, ?> claims, String path) {
        @Nullable Object whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? value(inner, path.substring(dot + 1))
                : Optional.empty();
    }

    private static List<String> texts(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value).split(" "));
    }
}
