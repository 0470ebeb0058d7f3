package io.cronlink;

import io.cronlink.embedded.EmbeddedDatabase;
import io.cronlink.security.Users;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells who has just started the service how to use it. Passwords stay in their files. */
@Component
class Welcome {

    private final ObjectProvider<EmbeddedDatabase> embedded;
    private final Users users;
    private final @Nullable InetAddress address;

    Welcome(
            ObjectProvider<EmbeddedDatabase> embedded,
            Users users,
            @Value("${server.address}") @Nullable InetAddress address) {
        this.embedded = embedded;
        this.users = users;
        this.address = address;
    }

    @EventListener
    @SuppressWarnings("SystemOut")
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            System.out.println(
                    text("http://" + host() + ":" + web.getWebServer().getPort()));
        }
    }

    /** As it stands in a URL; the wildcard address cannot be called. */
    private String host() {
        if (address == null || address.isAnyLocalAddress()) {
            return "localhost";
        }
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private String text(String url) {
        StringBuilder text =
                new StringBuilder("\nCronlink is ready: ").append(url).append('\n');
        users.loginFile().ifPresent(file -> text.append("  REST  curl --netrc-file '")
                .append(file.toString().replace("'", "'\\''"))
                .append("' ")
                .append(url)
                .append("/api/v1/jobs\n        (user and password for a browser: see that file)\n"));
        embedded.ifAvailable(
                database -> text.append("  SQL   ").append(database.psql()).append('\n'));
        return text.toString();
    }
}
