package io.cronlink.security;

import io.cronlink.dashboard.DashboardPage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What the pages of the service itself may load: what lies beside them. A browser runs an inline script of theirs, such as an import
 * map, by its hash, which is taken from the page: nobody has to keep it.
 */
@Component
class PagePolicy {

    private static final Pattern INLINE_SCRIPT = Pattern.compile(
            "<script(?![^>]*\\ssrc\\s*=)[^>]*>(.*?)</script>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final String directives;

    @Autowired
    PagePolicy(DashboardPage page) {
        this(page.html());
    }

    private PagePolicy(String page) {
        String scripts = INLINE_SCRIPT
                .matcher(page)
                .results()
                .map(script -> " 'sha256-" + hash(script.group(1)) + "'")
                .distinct()
                .collect(Collectors.joining());
        directives = "default-src 'none'; script-src 'self'" + scripts
                + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'"
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    static PagePolicy of(String page) {
        return new PagePolicy(page);
    }

    String directives() {
        return directives;
    }

    private static String hash(String script) {
        try {
            // A browser hashes what it has parsed, whose lines end in line feeds.
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
