package io.cronlink.security;

import io.cronlink.secret.BearerSecret;
import java.util.HexFormat;

/** Who calls with the cookie of a session, which a browser sends whoever makes it do so. */
class SessionCaller extends Caller {

    private final transient BearerSecret session;

    SessionCaller(String name, Role role, BearerSecret session) {
        super(name, role);
        this.session = session;
    }

    BearerSecret session() {
        return session;
    }

    /** Follows from the session, so no other site can choose one, and each replica knows it. */
    String csrfToken() {
        return HexFormat.of().formatHex(session.sign("csrf"));
    }
}
