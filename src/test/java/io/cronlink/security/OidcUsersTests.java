package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcUsersTests {

    private static final OidcProperties.Values VALUES =
            new OidcProperties.Values(List.of("dba", "root"), List.of("ops"), List.of("all"), List.of("probe"));

    private static Optional<Role> role(String claim, Map<String, Object> claims) {
        Caller caller = new OidcUsers(new OidcProperties("preferred_username", claim, VALUES))
                .find(claims)
                .orElseThrow();
        return Optional.ofNullable(caller.role());
    }

    private static Optional<String> name(Map<String, Object> claims) {
        return new OidcUsers(new OidcProperties("preferred_username", "roles", VALUES))
                .find(claims)
                .map(Caller::getName);
    }

    @Test
    void haveTheStrongestRoleThatIsConfigured() {
        assertThat(role("roles", Map.of("sub", "1", "roles", List.of("all", "dba", "x"))))
                .contains(Role.ADMIN);
        assertThat(role("roles", Map.of("sub", "1", "roles", List.of("probe", "ops"))))
                .contains(Role.OPERATOR);
        assertThat(role("roles", Map.of("sub", "1", "roles", "x all"))).contains(Role.READER);
        assertThat(role("realm_access.roles", Map.of("sub", "1", "realm_access", Map.of("roles", List.of("probe")))))
                .contains(Role.METRICS);
        assertThat(role("https://example.com/roles", Map.of("sub", "1", "https://example.com/roles", List.of("root"))))
                .contains(Role.ADMIN);
    }

    @Test
    void haveNoneOtherwise() {
        assertThat(role("roles", Map.of("sub", "1"))).isEmpty();
        assertThat(role("roles", Map.of("sub", "1", "roles", List.of("DBA", "admin", "dba "))))
                .isEmpty();
        assertThat(role("roles", Map.of("sub", "1", "roles", Map.of("dba", true))))
                .isEmpty();
        assertThat(role("a.b", Map.of("sub", "1", "a", "dba"))).isEmpty();
    }

    @Test
    void areMarked() {
        assertThat(name(Map.of("sub", "1", "preferred_username", "admin"))).contains("oidc:admin");
        assertThat(name(Map.of("sub", "7f3a"))).contains("oidc:7f3a");
        assertThat(name(Map.of("email", "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000b", "\u202egnp.exe", "a\u2028b"})
    void haveNoNameThatWouldBreakALine(String name) {
        assertThat(name(Map.of("sub", "1", "preferred_username", name))).isEmpty();
        assertThat(name(Map.of("sub", "1", "preferred_username", "x".repeat(201))))
                .isEmpty();
    }
}
