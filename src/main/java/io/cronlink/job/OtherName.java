package io.cronlink.job;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class OtherName extends ResponseStatusException {

    OtherName(String jobname) {
        super(
                HttpStatus.BAD_REQUEST,
                "The path says that the job is named " + jobname + ", and the body says otherwise.");
    }
}
