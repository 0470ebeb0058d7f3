package io.cronlink.token;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class BadExpiry extends ResponseStatusException {

    BadExpiry(String message) {
        super(HttpStatus.BAD_REQUEST, message);
    }
}
