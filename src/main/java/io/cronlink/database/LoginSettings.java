package io.cronlink.database;

/**
 * The settings that a login was read from, by the names under which an operator knows them.
 *
 * @param url where its URL stands
 * @param username where its user stands
 * @param password where its password stands
 */
public record LoginSettings(String url, String username, String password) {

    static final LoginSettings DATASOURCE =
            new LoginSettings("SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");

    /** A stronger role with a URL of its own. */
    public static final LoginSettings FLYWAY =
            new LoginSettings("SPRING_FLYWAY_URL", "SPRING_FLYWAY_USER", "SPRING_FLYWAY_PASSWORD");

    /** A stronger role at the URL of the owner. */
    public static final LoginSettings FLYWAY_USER =
            new LoginSettings("SPRING_DATASOURCE_URL", "SPRING_FLYWAY_USER", "SPRING_FLYWAY_PASSWORD");
}
