package io.cronlink.daemon;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the daemon's session is kept.
 *
 * @param enabled whether this service keeps a daemon session, or only offers REST
 * @param round how long one call of the daemon's procedure lasts; statistics of its tables are seen in between
 * @param standbyPause how often a service that stands by asks whether it can lead
 * @param maxBackoff the longest pause between attempts to reach a lost database
 * @param adopt name of the database that is to fire its jobs although it is a copy of another one. A name, because a setting that
 *     says yes to any copy would be copied along
 */
@ConfigurationProperties("cronlink.daemon")
record DaemonProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("60s") Duration round,
        @DefaultValue("2s") Duration standbyPause,
        @DefaultValue("5s") Duration maxBackoff,
        @Nullable String adopt) {}
