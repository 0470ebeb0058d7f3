package io.cronlink.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie that no script reads and, over https, no other host of the domain can set.
 *
 * @param lifetime negative: as long as the browser runs
 */
record PrivateCookie(String name, SameSite sameSite, Duration lifetime) {

    /** Other sites cannot make a browser send it. */
    static final PrivateCookie SESSION = new PrivateCookie("cronlink-session", SameSite.STRICT, Duration.ofSeconds(-1));

    /** Sent when an issuer leads back to the service. */
    static final PrivateCookie LOGIN = new PrivateCookie("cronlink-login", SameSite.LAX, Duration.ofMinutes(10));

    Optional<String> read(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name(request)))
                .map(Cookie::getValue)
                .findFirst();
    }

    void write(HttpServletRequest request, HttpServletResponse response, String value) {
        add(request, response, value, lifetime);
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    private void add(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name(request), value)
                        .path("/")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite(sameSite.attributeValue())
                        .maxAge(age)
                        .build()
                        .toString());
    }

    private String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + name : name;
    }
}
