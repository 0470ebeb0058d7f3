package io.cronlink.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** With {@code cronlink.demo=true}: fills a database that has no jobs yet, and touches no other. */
@Component
@ConditionalOnBooleanProperty("cronlink.demo")
class Demo implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private final JdbcTemplate database;

    Demo(JdbcTemplate database) {
        this.database = database;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (Boolean.TRUE.equals(database.queryForObject(
                "SELECT EXISTS (SELECT FROM cron.job) OR EXISTS (SELECT FROM cron.job_run_details)", Boolean.class))) {
            LOG.info("No demo: there are jobs, or runs of some, already");
            return;
        }
        database.execute(new ClassPathResource("demo.sql").getContentAsString(StandardCharsets.UTF_8));
        LOG.info("The demo's jobs are made, with a history that is made up");
    }
}
