package io.cronlink.owner;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Whether SQL may come over REST at all.
 *
 * @param commandsOverRest false: over REST no command is taken, nor where and as whom one runs; jobs can be seen, run and paused
 */
@ConfigurationProperties("cronlink.jobs")
public record CommandRule(@DefaultValue("true") boolean commandsOverRest) {

    /** @throws ResponseStatusException 403 if it may not */
    public void requireAllowed() {
        if (!commandsOverRest) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN,
                    "No commands are taken over REST: cronlink.jobs.commands-over-rest is false.");
        }
    }
}
