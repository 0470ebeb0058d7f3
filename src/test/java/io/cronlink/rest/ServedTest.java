package io.cronlink.rest;

import io.cronlink.TestUsers;
import io.cronlink.database.TestDatabaseConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The whole service at a port, with less patience than it has by default. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "cronlink.data=target/test-data",
            "cronlink.security.password=" + TestUsers.PASSWORD,
            "cronlink.security.users[0].name=rita",
            "cronlink.security.users[0].password=" + TestUsers.PASSWORD,
            "cronlink.security.users[0].role=reader",
            "cronlink.rest.header-timeout=2s",
            "cronlink.rest.body-timeout=2s",
            "cronlink.events.max-duration=3s",
            "cronlink.events.keep-alive=1s",
            "cronlink.metrics.refresh=0s",
            "spring.test.metrics.export=true",
            "server.tomcat.connection-timeout=1s",
            "spring.datasource.hikari.connection-timeout=500",
        })
@Import(TestDatabaseConfiguration.class)
public @interface ServedTest {}
