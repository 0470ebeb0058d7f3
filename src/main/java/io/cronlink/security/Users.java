package io.cronlink.security;

import io.cronlink.secret.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The configured users; without any, one administrator whose password is generated once and kept in the data folder. */
@Component
public class Users {

    // Plain passwords are in the configuration anyway. The least work keeps each request of Basic cheap.
    private static final BCryptPasswordEncoder ENCODER = new BCryptPasswordEncoder(4);

    private final List<UserDetails> details = new ArrayList<>();
    private final String administrator;
    private final @Nullable Path loginFile;

    Users(SecurityProperties properties, DataFolder data) {
        administrator = properties.username();
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

    /** The file with the generated login, as {@code curl --netrc-file} reads it; empty if logins are configured. */
    public Optional<Path> loginFile() {
        return Optional.ofNullable(loginFile);
    }

    private String netrc(String host, String password) {
        return "machine " + host + " login " + administrator + " password " + password + "\n";
    }

    private static UserDetails user(String name, String password, Role role) {
        boolean encoded = password.startsWith("{");
        return User.withUsername(name)
                .password(encoded ? password : "{bcrypt}" + ENCODER.encode(password))
                .roles(role.name())
                .build();
    }
}
