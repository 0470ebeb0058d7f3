package io.cronlink.run;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class KeyOfAnotherRequest extends ResponseStatusException {

    KeyOfAnotherRequest() {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request.");
    }
}
