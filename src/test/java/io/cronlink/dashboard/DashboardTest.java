package io.cronlink.dashboard;

import io.cronlink.TestUsers;
import io.cronlink.database.TestDatabaseConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The whole service at a port, its daemon running, for a {@link Visitor}. The classes that use it share one service: they may not
 * count on being alone with their jobs. Its users are those of {@link TestUsers}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
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
@Import(TestDatabaseConfiguration.class)
public @interface DashboardTest {}
