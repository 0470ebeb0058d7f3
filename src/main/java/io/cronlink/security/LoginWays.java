package io.cronlink.security;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;

/**
 * How a browser may log in.
 *
 * @param password with name and password, by {@code POST /api/v1/session}
 * @param oidc at an issuer
 */
record LoginWays(boolean password, List<Issuer> oidc) {

    /**
     * @param url where the browser is to go
     */
    record Issuer(String name, String url) {}

    static LoginWays of(ObjectProvider<OAuth2ClientProperties> clients) {
        OAuth2ClientProperties properties = clients.getIfAvailable();
        return new LoginWays(
                true,
                properties == null
                        ? List.of()
                        : properties.getRegistration().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(client -> new Issuer(
                                        client.getValue().getClientName() == null
                                                ? client.getKey()
                                                : client.getValue().getClientName(),
                                        OidcLogin.BEGIN + client.getKey()))
                                .toList());
    }
}
