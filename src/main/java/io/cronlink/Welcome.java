package io.cronlink;

import io.cronlink.database.EmbeddedDatabase;
import io.cronlink.security.Users;
import java.net.InetAddress;
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
    private final InetAddress address;

    Welcome(ObjectProvider<EmbeddedDatabase> embedded, Users users, @Value("${server.address}") InetAddress address) {
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

    /** An address for this machine: one that stands for all of its addresses is none to call. */
    private String host() {
        return address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
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
