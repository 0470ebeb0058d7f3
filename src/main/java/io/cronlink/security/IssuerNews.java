package io.cronlink.security;

import io.cronlink.startup.CannotStart;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Tells once a minute why an issuer is of no use: whoever sends tokens gets no more than that it is. */
@Component
class IssuerNews {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerNews.class);
    private static final int LONGEST_REASON = 300;

    private final Bucket told = Bucket.builder()
            .addLimit(limit -> limit.capacity(1).refillIntervally(1, Duration.ofMinutes(1)))
            .build();

    IssuerAway away(Throwable cause) {
        if (told.tryConsume(1)) {
            String reason = CannotStart.line(NestedExceptionUtils.getMostSpecificCause(cause));
            LOG.warn(
                    "The issuer of tokens does not answer: {}",
                    reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        }
        return new IssuerAway(cause);
    }
}
