package io.cronlink.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The one page there is: {@code dashboard.html} with the import map in it. What it shows follows from its URL, in the browser. */
@Component
public class DashboardPage {

    private static final String IMPORT_MAP = "{{importMap}}";

    private final String html;

    DashboardPage() {
        ClassPathResource page = new ClassPathResource("dashboard.html");
        try {
            html = page.getContentAsString(StandardCharsets.UTF_8)
                    .replace(IMPORT_MAP, ImportMap.json(DashboardPage.class.getClassLoader()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String html() {
        return html;
    }
}
