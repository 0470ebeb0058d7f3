package io.cronlink.run;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class NoSuchRun extends ResponseStatusException {

    NoSuchRun(long runid) {
        super(HttpStatus.NOT_FOUND, "Run " + runid + " does not exist.");
    }
}
