package io.cronlink.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database at the start.
 *
 * @param patience how long to wait at start for a database that does not answer
 */
@ConfigurationProperties("cronlink.database")
record DatabaseProperties(@DefaultValue("60s") Duration patience) {}
