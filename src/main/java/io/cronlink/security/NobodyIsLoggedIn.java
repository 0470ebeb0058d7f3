package io.cronlink.security;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;

/** The answer to who is logged in where nobody is: how one might be. */
class NobodyIsLoggedIn extends AuthenticationException implements ErrorResponse {

    private final transient LoginWays login;

    NobodyIsLoggedIn(LoginWays login) {
        super("Nobody is logged in.");
        this.login = login;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatus.UNAUTHORIZED;
    }

    /** No browser asks for a password of its own accord: whoever asks this has a page for it. */
    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Cronlink\"");
        return headers;
    }

    @Override
    public ProblemDetail getBody() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, getMessage());
        problem.setProperty("login", login);
        return problem;
    }
}
