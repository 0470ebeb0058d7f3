package io.cronlink.security;

import io.cronlink.secret.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The configured users; without any, one administrator whose password is generated once and kept in the data folder. */
@Component
public class Users {

    private final List<UserDetails> details = new ArrayList<>();
    private final Passwords passwords;
    private final String administrator;
    private final @Nullable Path loginFile;

    Users(SecurityProperties properties, DataFolder data) {
        administrator = properties.username();
        passwords = Passwords.forAll(Stream.concat(
                        Stream.ofNullable(properties.password()),
                        properties.users().stream().map(SecurityProperties.User::password))
                .toList());
        boolean generated = !StringUtils.hasText(properties.password())
                && properties.users().isEmpty();
        if (generated) {
            String password = data.secret("login.password");
            details.add(user(administrator, password, Role.ADMIN));
            loginFile = data.write("netrc", netrc("127.0.0.1", password) + netrc("localhost", password));
        } else {
            loginFile = null;
        }
        if (StringUtils.hasText(properties.password())) {
            details.add(user(administrator, properties.password(), Role.ADMIN));
        }
        properties.users().forEach(user -> details.add(user(user.name(), user.password(), user.role())));
    }

    List<UserDetails> details() {
        return details;
    }

    Passwords passwords() {
        return passwords;
    }

    /** The file with the generated login, as {@code curl --netrc-file} reads it; empty if logins are configured. */
    public Optional<Path> loginFile() {
        return Optional.ofNullable(loginFile);
    }

    private String netrc(String host, String password) {
        return "machine " + host + " login " + administrator + " password " + password + "\n";
    }

    private UserDetails user(String name, String password, Role role) {
        return User.withUsername(name)
                .password(passwords.hash(name, password))
                .roles(role.name())
                .build();
    }
}
