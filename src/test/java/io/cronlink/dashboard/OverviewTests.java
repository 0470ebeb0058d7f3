package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
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
        run("seen_ill");
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
            assertThat(page.locator(".counts")).containsText("next fire of all jobs");
            assertThat(page.locator(".counts")).containsText("failed, 24 h of all jobs");

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

    /** What happens while a list is awaited is not in it. */
    @Test
    void missesNothingUntilTheListComes() {
        schedule("missed", "0 3 * * *", "SELECT 1");
        try (Visitor visitor = Visitor.at(port)) {
            List<String> answered = new ArrayList<>();
            visitor.page()
                    .onRequestFinished(request -> answered.add(request.url().replaceAll("\\?.*", "")));
            Page page = visitor.open("/?q=nothing-of-this-name", "olga");
            // All is read again, as the stream of events has begun.
            for (String path : List.of("/jobs", "/scheduler")) {
                page.waitForCondition(() -> answered.stream()
                                .filter(address -> address.endsWith("/api/v1" + path))
                                .count()
                        >= 2);
            }
            // Whenever the list is asked for from now on, it is as it was when it was first.
            List<Route> held = new ArrayList<>();
            List<APIResponse> list = new ArrayList<>();
            page.route(url -> url.contains("/api/v1/jobs?") && !url.contains("jobid="), route -> {
                if (list.isEmpty()) {
                    list.add(route.fetch());
                    held.add(route);
                } else {
                    route.fulfill(new Route.FulfillOptions().setResponse(list.get(0)));
                }
            });
            page.getByLabel("Search jobs by name, or behind sql: by command").fill("missed");
            page.waitForCondition(() -> !held.isEmpty());
            page.evaluate("""
                    () => new Promise(ready => {
                        const source = new EventSource("/api/v1/events");
                        source.addEventListener("ready", ready);
                        window.ended = new Promise(ended => source.addEventListener("run-ended", ended));
                    }).then(() => null)""");
            run("missed");
            page.evaluate("ended.then(() => null)");
            long startedAt = System.currentTimeMillis();
            // The page has heard of the run when it asks for more than the jobs.
            page.waitForResponse(
                    response -> response.url().endsWith("/scheduler")
                            && response.request().timing().startTime > startedAt,
                    () -> {});
            held.forEach(route -> route.fulfill(new Route.FulfillOptions().setResponse(list.get(0))));
            assertThat(row(page, "missed")).containsText("ago");
        }
    }

    private void run(String name) {
        owner.sql("SELECT cron.run_job(jobid) FROM cron.job WHERE jobname = ?")
                .param(name)
                .query()
                .listOfRows();
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
    void drawsInTheColoursOfTheTheme() {
        await().atMost(Visitor.PATIENCE)
                .until(() -> owner.sql("SELECT status FROM cron.job_run_details ORDER BY runid DESC LIMIT 1")
                        .query(String.class)
                        .single()
                        .equals("failed"));
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/?q=seen_ill", "rita");
            await("a failed run").atMost(Visitor.PATIENCE).until(() -> isDrawn(page, ".runs-by-time canvas", 0xff7b72));
            await("now").atMost(Visitor.PATIENCE).until(() -> isDrawn(page, ".lanes canvas", 0x7aa7ff));
            visitor.button("rita reader ▾").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Colours: light"))
                    .click();
            await("a failed run").atMost(Visitor.PATIENCE).until(() -> isDrawn(page, ".runs-by-time canvas", 0xb3261e));
            await("now").atMost(Visitor.PATIENCE).until(() -> isDrawn(page, ".lanes canvas", 0x1f55c0));
            assertThat(page.locator("body")).hasCSS("background-color", "rgb(246, 247, 249)");
        }
    }

    private static boolean isDrawn(Page page, String canvas, int colour) {
        return Boolean.TRUE.equals(page.evaluate("""
                        ([canvas, colour]) => {
                            const drawn = document.querySelector(canvas);
                            if (!drawn?.width || !drawn.height) {
                                return false;
                            }
                            const points = drawn.getContext("2d").getImageData(0, 0, drawn.width, drawn.height).data;
                            for (let at = 0; at < points.length; at += 4) {
                                if ((points[at] << 16 | points[at + 1] << 8 | points[at + 2]) === colour && points[at + 3] === 255) {
                                    return true;
                                }
                            }
                            return false;
                        }""", List.of(canvas, colour)));
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
            page.getByText("Show all jobs").click();
            assertThat(page.locator(".counts")).not().containsText("all jobs");
        }
    }
}
