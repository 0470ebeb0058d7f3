package io.cronlink.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(SessionController.PATH)
class SessionController {

    static final String PATH = "/api/v1/session";

    private final Logins logins;
    private final Sessions sessions;
    private final RoleHierarchy hierarchy;
    private final LoginWays ways;

    SessionController(
            Logins logins, Sessions sessions, RoleHierarchy hierarchy, ObjectProvider<OAuth2ClientProperties> clients) {
        this.logins = logins;
        this.sessions = sessions;
        this.hierarchy = hierarchy;
        ways = LoginWays.of(clients);
    }

    @GetMapping
    SessionView read(@Nullable Authentication user) {
        if (user == null) {
            throw new NobodyIsLoggedIn(ways);
        }
        return view(user);
    }

    /** Always a new one, whatever cookie came along. */
    @PostMapping
    SessionView begin(
            @RequestBody @Valid SessionRequest body,
            @Nullable Authentication user,
            HttpServletRequest request,
            HttpServletResponse response) {
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.unauthenticated(body.username(), body.password());
        login.setDetails(new WebAuthenticationDetails(request));
        SessionCaller caller = sessions.begin(logins.authenticate(login).getName());
        if (user instanceof SessionCaller before) {
            sessions.end(before.session());
        }
        PrivateCookie.SESSION.write(request, response, caller.session().text());
        return view(caller);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@Nullable Authentication user, HttpServletRequest request, HttpServletResponse response) {
        if (user instanceof SessionCaller caller) {
            sessions.end(caller.session());
            PrivateCookie.SESSION.remove(request, response);
        }
    }

    private SessionView view(Authentication user) {
        Set<String> authorities = hierarchy.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        List<String> roles = Arrays.stream(Role.values())
                .sorted(Comparator.reverseOrder())
                .filter(role -> authorities.contains(role.authority().getAuthority()))
                .map(Role::text)
                .toList();
        return new SessionView(
                user.getName(),
                roles.isEmpty() ? null : roles.get(0),
                roles,
                user instanceof SessionCaller caller
                        ? new SessionView.Csrf(SessionCsrf.HEADER, caller.csrfToken())
                        : null,
                ways);
    }
}
