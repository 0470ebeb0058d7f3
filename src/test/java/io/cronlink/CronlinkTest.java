package io.cronlink;

import io.cronlink.database.TestDatabaseConfiguration;
import io.cronlink.openapi.AnswersAsDescribed;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/**
 * The whole service on a database of its own, its daemon running, spoken to by MockMvc, its answers held against openapi.yaml. The classes that use it share one
 * service: they may not count on being alone with their jobs. Its users are those of {@link TestUsers}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        properties = {
            "cronlink.data=target/test-data",
            "cronlink.security.password=" + TestUsers.PASSWORD,
            "cronlink.security.users[0].name=olga",
            "cronlink.security.users[0].password=" + TestUsers.PASSWORD,
            "cronlink.security.users[0].role=operator",
            "cronlink.security.users[1].name=rita",
            "cronlink.security.users[1].password=" + TestUsers.PASSWORD,
            "cronlink.security.users[1].role=reader",
        })
@AutoConfigureMockMvc
@Import({TestDatabaseConfiguration.class, AnswersAsDescribed.class})
public @interface CronlinkTest {}
