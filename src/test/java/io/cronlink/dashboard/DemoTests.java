package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What is to be seen with {@code cronlink.demo=true}; README's pictures are made here. */
@DashboardTest
@TestPropertySource(properties = "cronlink.demo=true")
class DemoTests {

    /** Until a run is late, and that is seen. */
    private static final int PATIENCE_MILLISECONDS = 60_000;

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    DemoTests() {
        // Made anew for each test.
    }

    @Test
    void hasJobsOfEveryKind() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/", "admin");
            for (String condition : new String[] {"failing", "late", "healthy"}) {
                assertThat(page.getByRole(AriaRole.ROW)
                                .filter(new Locator.FilterOptions().setHasText(condition))
                                .first())
                        .isAttached(new LocatorAssertions.IsAttachedOptions().setTimeout(PATIENCE_MILLISECONDS));
            }
            assertThat(page.getByRole(
                            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^1.*paused$"))))
                    .isVisible();
            assertThat(page.locator(".lanes canvas")).isVisible();
            assertThat(page.locator(".runs-by-time canvas")).isVisible();
            visitor.requireAccessible();
            visitor.window("overview-light");
        }
    }

    @Test
    void tellsWhyAJobFails() {
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/?q=load-partner", "admin");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("load-partner-file"))
                    .last()
                    .click();
            assertThat(page.getByText("duplicate key value").first()).isVisible();
            visitor.window("job-dark");
        }
    }

    @Test
    void isMadeOnce() {
        assertThat(database.owner()
                        .sql("SELECT count(*) FROM cron.job WHERE jobname = 'heartbeat'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
