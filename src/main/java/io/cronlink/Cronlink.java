package io.cronlink;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service: keeps the database's scheduler running and offers it over REST. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Cronlink {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    public static void main(String[] args) {
        CountDownLatch started = new CountDownLatch(1);
        Thread starter = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endStart(starter, started), "end-start"));
        try {
            SpringApplication.run(Cronlink.class, SystemText.arguments(args));
        } finally {
            started.countDown();
        }
    }

    /**
     * Spring stops a service after its start only, which may wait for a database for a minute. Nothing has been fired before
     * the start is over, so that it may be broken off anywhere.
     */
    private static void endStart(Thread starter, CountDownLatch started) {
        if (started.getCount() == 0) {
            return;
        }
        starter.interrupt();
        try {
            if (!started.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // It waits for an answer from the network, which no interrupt ends.
                Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
