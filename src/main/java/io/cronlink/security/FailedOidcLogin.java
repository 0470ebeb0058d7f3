package io.cronlink.security;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;

/** A browser has come back from the issuer without what makes a log-in. The reason is for the log. */
class FailedOidcLogin extends AuthenticationException implements ErrorResponse {

    FailedOidcLogin() {
        super("The log-in at the issuer failed. Begin it again.");
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatus.UNAUTHORIZED;
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Cronlink\"");
        return headers;
    }

    @Override
    public ProblemDetail getBody() {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, getMessage());
    }
}
