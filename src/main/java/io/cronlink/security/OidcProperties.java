package io.cronlink.security;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an issuer's claims mean here.
 *
 * @param usernameClaim the claim that names the user; {@code sub} where it is missing
 * @param rolesClaim the claim with what the user is, as a list or with blanks between; {@code a.b} is {@code b} inside of {@code a}
 * @param roles which of its values give which role
 */
@Validated
@ConfigurationProperties("cronlink.security.oidc")
record OidcProperties(
        @DefaultValue("preferred_username") @NotBlank String usernameClaim,
        @DefaultValue("roles") @NotBlank String rolesClaim,
        @DefaultValue Values roles) {

    record Values(
            @DefaultValue List<String> admin,
            @DefaultValue List<String> operator,
            @DefaultValue List<String> reader,
            @DefaultValue List<String> metrics) {

        List<String> of(Role role) {
            return switch (role) {
                case ADMIN -> admin;
                case OPERATOR -> operator;
                case READER -> reader;
                case METRICS -> metrics;
            };
        }
    }
}
