package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@DashboardTest
class ForecastScreenTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    /** At an hour that is not the next one. */
    @BeforeEach
    void schedule() {
        database.owner()
                .sql("INSERT INTO cron.job_group (name, max_running) VALUES ('narrow', 2)")
                .update();
        database.owner().sql("""
                SELECT count(cron.schedule('together ' || n, '17 ' || extract(hour FROM now() AT TIME ZONE 'UTC' + interval '12 h') || ' * * *', 'SELECT 1'))
                FROM generate_series(1, 37) AS n
                """).query(Long.class).single();
        database.owner().sql("""
                INSERT INTO cron.job_options (jobid, job_group)
                SELECT jobid, 'narrow' FROM cron.job WHERE jobname IN ('together 1', 'together 2', 'together 3')
                ON CONFLICT (jobid) DO UPDATE SET job_group = 'narrow'
                """).update();
    }

    @AfterEach
    void unschedule() {
        database.owner()
                .sql("DELETE FROM cron.job WHERE jobname LIKE 'together %'")
                .update();
        database.owner().sql("DELETE FROM cron.job_group WHERE name = 'narrow'").update();
    }

    private static Locator card(Page page, String title) {
        return page.locator("section.card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
    }

    @Test
    void tellsWhatStartsTogetherAndHowToSpreadIt() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/forecast", "rita");
            Locator first = card(page, "Start at one moment")
                    .getByRole(AriaRole.LISTITEM)
                    .first();
            assertThat(first).containsText(Pattern.compile("\\d\\d jobs at \\d\\d:17"));
            assertThat(first)
                    .containsText(Pattern.compile("with a jitter of 10 min in each, one starts about every 1\\d s"));
            assertThat(first).containsText(Pattern.compile("and \\d\\d more"));
            assertThat(card(page, "Wait for a place")).containsText("3 would run side by side");
            assertThat(card(page, "Wait for a place")).containsText("skipped if their start deadline passes");
            assertThat(card(page, "By the hour").getByRole(AriaRole.BUTTON)).hasCount(24);
            visitor.requireAccessible();
            visitor.shot("forecast-light");

            card(page, "By the hour")
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName(Pattern.compile(" [34]\\d at one moment")))
                    .click();
            assertThat(page).hasURL(Pattern.compile("hour="));
            assertThat(page.getByLabel("One hour")
                            .getByRole(AriaRole.LISTITEM)
                            .filter(new Locator.FilterOptions().setHasText(Pattern.compile(" [34]\\d at one moment"))))
                    .hasCount(1);
            visitor.shot("forecast-hour");
            visitor.button("Whole time again").click();
            assertThat(page).hasURL(Pattern.compile("/forecast$"));

            visitor.button("7 days").click();
            assertThat(page).hasURL(Pattern.compile("days=7"));
            assertThat(card(page, "By the hour").getByRole(AriaRole.BUTTON)).hasCount(168);
            assertThat(first).containsText(Pattern.compile("and at \\d other moments?"));
            visitor.requireAccessible();
            visitor.shot("forecast-week");

            first.getByRole(AriaRole.LINK).first().click();
            assertThat(page).hasURL(Pattern.compile("/jobs/\\d+$"));
        }
    }

    @Test
    void looksWellInTheDarkAndOnThePhone() {
        try (Visitor dark = Visitor.inTheDark(port);
                Visitor phone = Visitor.onThePhone(port)) {
            assertThat(card(dark.open("/forecast", "olga"), "By the hour")).isVisible();
            dark.requireAccessible();
            dark.shot("forecast-dark");
            assertThat(card(phone.open("/forecast", "olga"), "By the hour")).isVisible();
            phone.requireAccessible();
            phone.requireFitting();
            phone.shot("forecast-phone");
        }
    }
}
