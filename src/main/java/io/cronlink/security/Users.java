package io.cronlink.security;

import io.cronlink.secret.BearerSecret;
import io.cronlink.secret.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final Map<String, Configured> configured = new HashMap<>();
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
            add(administrator, password, Role.ADMIN);
            loginFile = data.write("netrc", netrc("127.0.0.1", password) + netrc("localhost", password));
        } else {
            loginFile = null;
        }
        if (StringUtils.hasText(properties.password())) {
            add(administrator, properties.password(), Role.ADMIN);
        }
        properties.users().forEach(user -> add(user.name(), user.password(), user.role()));
    }

    /** Empty if there is no such user. */
    Optional<Role> role(String name) {
        return find(name).map(Configured::role);
    }

    /** A mark of the password as it is configured, of use only with the secret; empty if there is no such user. */
    Optional<byte[]> credential(String name, BearerSecret secret) {
        return find(name).map(user -> secret.sign("password " + user.password()));
    }

    /** As names are compared at a log-in. */
    private Optional<Configured> find(String name) {
        return Optional.ofNullable(configured.get(name.toLowerCase(Locale.ROOT)));
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

    private void add(String name, String password, Role role) {
        details.add(User.withUsername(name)
                .password(passwords.hash(name, password))
                .roles(role.name())
                .build());
        configured.put(name.toLowerCase(Locale.ROOT), new Configured(password, role));
    }

    private record Configured(String password, Role role) {}
}
