package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.secret.DataFolder;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

class UsersTests {

    @TempDir
    private Path folder;

    private Users users(SecurityProperties properties) {
        return new Users(properties, new DataFolder(folder));
    }

    @Test
    void generateOneLoginAndKeepIt() throws IOException {
        SecurityProperties nothingSet = new SecurityProperties("admin", null, List.of());

        Users users = users(nothingSet);
        Path file = users.loginFile().orElseThrow();
        String password = Files.readString(folder.resolve("login.password")).strip();
        users(nothingSet);

        assertThat(password).hasSize(32);
        assertThat(Files.readString(file)).startsWith("machine 127.0.0.1 login admin password " + password + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("login.password"))))
                .isEqualTo("rw-------");
        assertThat(PasswordEncoderFactories.createDelegatingPasswordEncoder()
                        .matches(password, users.details().get(0).getPassword()))
                .isTrue();
    }

    @Test
    void generateNothingWhenAPasswordIsSet() {
        assertThat(users(new SecurityProperties("root", "secret", List.of())).loginFile())
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void generateNoAdministratorBesideConfiguredUsers() {
        SecurityProperties configured = new SecurityProperties(
                "admin", null, List.of(new SecurityProperties.User("rita", "{noop}secret", Role.READER)));

        assertThat(users(configured).details()).singleElement().satisfies(user -> assertThat(user.getUsername())
                .isEqualTo("rita"));
        assertThat(folder).isEmptyDirectory();
    }

    /** Or one of them could pass for a token or an issuer's user. */
    @Test
    void haveNoColonInTheirNames() {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            for (SecurityProperties bad : List.of(
                    new SecurityProperties("oidc:alice", null, List.of()),
                    new SecurityProperties(
                            "admin", null, List.of(new SecurityProperties.User("token:x", "secret", Role.READER))))) {
                assertThat(factory.getValidator().validate(bad)).singleElement().satisfies(violation -> assertThat(
                                violation.getMessage())
                        .isEqualTo("must not have a colon"));
            }
        }
    }

    @Test
    void keepPasswordsOutOfTheirText() {
        assertThat(new SecurityProperties(
                                "admin", "secret", List.of(new SecurityProperties.User("rita", "secret", Role.READER)))
                        .toString())
                .doesNotContain("secret");
    }
}
