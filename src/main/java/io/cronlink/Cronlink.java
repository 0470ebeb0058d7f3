package io.cronlink;

import io.cronlink.jobfile.CommandLineTool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service: keeps the database's scheduler running and offers it over REST. With a word as its first argument it is a command. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Cronlink {

    public static void main(String[] args) {
        String[] arguments = SystemText.arguments(args);
        if (CommandLineTool.isMeant(arguments)) {
            System.exit(CommandLineTool.run(arguments));
        }
        SpringApplication.run(Cronlink.class, arguments);
    }
}
