package io.cronlink.job;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class NoSuchJob extends ResponseStatusException {

    NoSuchJob(long jobid) {
        super(HttpStatus.NOT_FOUND, "Job " + jobid + " does not exist.");
    }

    NoSuchJob(String jobname, String username) {
        super(HttpStatus.NOT_FOUND, "Role " + username + " has no job named " + jobname + ".");
    }
}
