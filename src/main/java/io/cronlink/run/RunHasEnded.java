package io.cronlink.run;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class RunHasEnded extends ResponseStatusException {

    RunHasEnded(long runid) {
        super(HttpStatus.CONFLICT, "Run " + runid + " has ended: there is nothing to cancel.");
    }
}
