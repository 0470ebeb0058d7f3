package io.cronlink;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service: keeps the database's scheduler running and offers it over REST. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Cronlink {

    public static void main(String[] args) {
        SpringApplication.run(Cronlink.class, SystemText.arguments(args));
    }
}
