package io.cronlink.token;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * @param secret the token itself, which is shown this once
 */
record CreatedToken(@JsonUnwrapped Token token, String secret) {

    /** The secret must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return "CreatedToken[token=" + token + "]";
    }
}
