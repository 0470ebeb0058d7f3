package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@DashboardTest
class OverviewTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    private JdbcClient owner;

    OverviewTests() {
        // Made anew for each test.
    }

    @BeforeEach
    void jobs() {
        owner = database.owner();
        schedule("seen_well", "0 3 * * *", "SELECT 1");
        schedule("seen_ill", "0 4 * * *", "SELECT 1/0");
        schedule("seen_<img src=x onerror=alert(1)>", "0 5 29 2 *", "SELECT '<b>'");
        owner.sql("SELECT cron.run_job(jobid) FROM cron.job WHERE jobname = 'seen_ill'")
                .query()
                .listOfRows();
    }

    private void schedule(String name, String schedule, String command) {
        owner.sql("SELECT cron.schedule(:name, :schedule, :command)")
                .param("name", name)
                .param("schedule", schedule)
                .param("command", command)
                .query()
                .listOfRows();
    }

    private static Locator row(Page page, String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void showsWhatIsFailingAndTheCountsFilter() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/?q=seen_", "admin");
            assertThat(row(page, "seen_ill")).containsText("failing");
            assertThat(row(page, "seen_well")).containsText("At 03:00");
            assertThat(row(page, "<img src=x")).isVisible();

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^1.*failing$")))
                    .click();
            assertThat(page).hasURL("/?q=seen_&condition=failing");
            assertThat(row(page, "seen_well")).isHidden();
            visitor.requireAccessible();
            visitor.shot("overview-failing");
        }
    }

    @Test
    void runsAJobAndShowsItLive() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/?q=seen_well", "olga");
            assertThat(row(page, "seen_well")).containsText("Run now");
            long before = runs("seen_well");
            visitor.button("Run now seen_well").click();
            assertThat(page.getByText("Queued seen_well.")).isVisible();
            assertThat(row(page, "seen_well")).containsText("ago");
            assertThat(runs("seen_well")).isEqualTo(before + 1);
        }
    }

    private long runs(String name) {
        return owner.sql("SELECT count(*) FROM cron.job_run_details JOIN cron.job USING (jobid) WHERE jobname = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    @Test
    void pausesWithANoteAndResumes() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/?q=seen_well", "olga");
            visitor.button("Actions for seen_well").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Pause…"))
                    .click();
            page.getByLabel("Why? Others will see it.").fill("the disk is full");
            visitor.requireAccessible();
            visitor.shot("overview-pause");
            visitor.button("Pause it").click();
            assertThat(row(page, "seen_well")).containsText("paused");
            assertThat(row(page, "seen_well")).containsText("by olga");

            visitor.button("Resume…").click();
            visitor.button("Resume 1 job").click();
            assertThat(row(page, "seen_well").getByText("paused")).isHidden();
            assertThat(owner.sql("SELECT active FROM cron.job WHERE jobname = 'seen_well'")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        }
    }

    @Test
    void offersAReaderNothingToChange() {
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/?q=seen_", "rita");
            assertThat(row(page, "seen_well")).isVisible();
            assertThat(page.getByText("Run now")).hasCount(0);
            assertThat(page.getByText("New job")).hasCount(0);
            assertThat(page.getByText("Pause all shown…")).hasCount(0);
            visitor.requireAccessible();
            visitor.shot("overview-dark");
        }
    }

    @Test
    void fitsAPhone() {
        try (Visitor visitor = Visitor.onThePhone(port)) {
            Page page = visitor.open("/?q=seen_", "olga");
            assertThat(row(page, "seen_ill")).containsText("failing");
            visitor.requireFitting();
            visitor.requireAccessible();
            visitor.shot("overview-phone");
        }
    }

    @Test
    void saysSoWhereNoJobIsLikeThat() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/?q=nothing-of-this-name", "rita");
            assertThat(page.getByText("No job is like that")).isVisible();
        }
    }
}
