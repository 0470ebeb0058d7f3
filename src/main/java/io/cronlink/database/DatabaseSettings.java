package io.cronlink.database;

import io.cronlink.startup.CannotStart;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Looks at what says where the database is before anybody else does, who would say what is wrong with it in words of his own. */
class DatabaseSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String URL = "spring.datasource.url";
    private static final String STRONGER_URL = "spring.flyway.url";

    /** Each tells of a database, and none of them where it is. */
    private static final List<String> OTHERS =
            List.of("spring.datasource.username", "spring.datasource.password", STRONGER_URL, "spring.flyway.user");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        check(environment, URL, LoginSettings.DATASOURCE);
        check(environment, STRONGER_URL, LoginSettings.FLYWAY);
        if (!isSet(environment, URL)) {
            OTHERS.stream().filter(name -> isSet(environment, name)).findFirst().ifPresent(DatabaseSettings::refuse);
        }
    }

    private static void check(Environment environment, String name, LoginSettings settings) {
        if (isSet(environment, name)) {
            DatabaseUrl.requireUsable(environment.getRequiredProperty(name), settings);
        }
    }

    private static boolean isSet(Environment environment, String name) {
        return StringUtils.hasText(environment.getProperty(name));
    }

    /** Not a case for the embedded database: it would be taken for the one that is meant. */
    private static void refuse(String other) {
        throw new CannotStart(
                other + " is set, but no database's URL is",
                "Set SPRING_DATASOURCE_URL to jdbc:postgresql://host:5432/database, or neither of them for an embedded PostgreSQL.",
                null);
    }
}
