package io.cronlink;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The users of {@link CronlinkTest}. */
public final class TestUsers {

    public static final String PASSWORD = "pass:word";

    public static final RequestPostProcessor ADMIN = httpBasic("admin", PASSWORD);
    public static final RequestPostProcessor OPERATOR = httpBasic("olga", PASSWORD);
    public static final RequestPostProcessor READER = httpBasic("rita", PASSWORD);

    private TestUsers() {}
}
