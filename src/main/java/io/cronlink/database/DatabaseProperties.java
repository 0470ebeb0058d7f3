package io.cronlink.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database at the start and at the end.
 *
 * @param patience how long to wait at start for a database that does not answer, or for whoever is in the way of the migration
 * @param grace how long running jobs may go on when the embedded PostgreSQL is to stop
 */
@ConfigurationProperties("cronlink.database")
public record DatabaseProperties(
        @DefaultValue("60s") Duration patience,
        @DefaultValue("20s") Duration grace) {}
