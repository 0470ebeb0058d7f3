package io.cronlink.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in.
 *
 * @param username the administrator
 * @param password its password; generated into the data folder if neither it nor {@code users} is set
 * @param users further people and programs
 */
@Validated
@ConfigurationProperties("cronlink.security")
record SecurityProperties(
        @DefaultValue("admin") @NotBlank @Pattern(regexp = NAME, message = NAME_RULE)
        String username,

        @Nullable String password,
        @DefaultValue List<@Valid User> users) {

    /** HTTP Basic has no other; and names with one belong to tokens and issuers. */
    private static final String NAME = "[^:]*";

    private static final String NAME_RULE = "must not have a colon";

    /**
     * @param password plain, or as {@code {bcrypt}$2a$…} of strength 4 to 15
     */
    record User(
            @NotBlank @Pattern(regexp = NAME, message = NAME_RULE)
            String name,

            @NotBlank String password,
            @DefaultValue("reader") Role role) {

        /** The password must not reach a log by way of a record's text. */
        @Override
        public String toString() {
            return "User[name=" + name + ", role=" + role + "]";
        }
    }

    @Override
    public String toString() {
        return "SecurityProperties[username=" + username + ", users=" + users + "]";
    }
}
