package io.cronlink.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** A session's own CSRF token. Without a session, and to begin another one, none is asked for: see {@link CrossSiteFilter}. */
class SessionCsrf implements CsrfTokenRepository, RequestMatcher {

    static final String HEADER = "X-CSRF-TOKEN";

    private static final String PARAMETER = "_csrf";

    @Override
    public boolean matches(HttpServletRequest request) {
        return !CrossSiteFilter.SAFE_METHODS.contains(request.getMethod())
                && SecurityContextHolder.getContext().getAuthentication() instanceof SessionCaller
                && !isLogin(request);
    }

    private static boolean isLogin(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && request.getRequestURI().equals(request.getContextPath() + SessionController.PATH);
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        CsrfToken token = loadToken(request);
        return token == null ? token("none") : token;
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SessionCaller caller
                ? token(caller.csrfToken())
                : null;
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        // It follows from the session.
    }

    /** Never from a form: it would be read before the door has looked at its size. */
    static final class FromHeader extends CsrfTokenRequestAttributeHandler {

        @Override
        public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
            return request.getHeader(token.getHeaderName());
        }
    }

    private static CsrfToken token(String token) {
        return new DefaultCsrfToken(HEADER, PARAMETER, token);
    }
}
