package io.cronlink.jobfile;

import io.cronlink.owner.DefaultOwner;
import io.cronlink.row.Transactions;
import io.cronlink.startup.CannotStart;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;

/** The database, by the settings of the service and with nothing else of it: no web server, no migration, no scheduler. */
final class CommandDatabase implements AutoCloseable {

    private static final String URL = "spring.datasource.url";

    private final ConfigurableApplicationContext context;

    private CommandDatabase(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static CommandDatabase open() {
        return new CommandDatabase(new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(CommandDatabase::requireUrl)
                // What is wrong the command says itself.
                .run(
                        "--logging.threshold.console=off",
                        "--spring.datasource.hikari.maximum-pool-size=1",
                        "--spring.jdbc.template.query-timeout=10m"));
    }

    ManagedJobs jobs() {
        return context.getBean(ManagedJobs.class);
    }

    /** A command has no database of its own. */
    private static void requireUrl(ConfigurableApplicationContext context) {
        if (!StringUtils.hasText(context.getEnvironment().getProperty(URL))) {
            throw new CannotStart(
                    "no database is given",
                    "Set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD as for the service.",
                    null);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** Not to be found by the service, which has all of it. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @EnableConfigurationProperties(DefaultOwner.class)
    @Import({Transactions.class, ManagedJobs.class})
    static final class Beans {}
}
