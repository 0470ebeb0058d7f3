package io.cronlink.token;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class NoSuchToken extends ResponseStatusException {

    /** Without the client's text, which may be the token itself. */
    NoSuchToken() {
        super(HttpStatus.NOT_FOUND, "There is no such token, or it was revoked.");
    }
}
