package io.cronlink.alarm;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class NoSuchJob extends ResponseStatusException {

    NoSuchJob(long jobid) {
        super(HttpStatus.NOT_FOUND, "Job " + jobid + " does not exist.");
    }
}
