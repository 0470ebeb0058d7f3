package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@DashboardTest
class RunScreenTests {

    private static final String FAILING = """
            DO $$ BEGIN
                RAISE EXCEPTION USING ERRCODE = '58000', MESSAGE = 'No rates <b>today</b>', DETAIL = 'HTTP 503', HINT = 'Ask again.';
            END $$""";

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    private TestJobs jobs;

    @BeforeEach
    void prepare() {
        jobs = new TestJobs(database);
    }

    @AfterEach
    void clear() {
        jobs.value("SELECT count(cron.cancel(runid)) FROM cron.job_run_details WHERE end_time IS NULL");
        database.owner().sql("DELETE FROM cron.job").update();
    }

    private static Locator row(Page page, long runid) {
        return page.locator("tr[data-runid='" + runid + "']");
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void readsTheErrorOfARunAndItsAttempts() {
        long jobid = jobs.create(FAILING);
        jobs.set(jobid, "max_attempts = 2, retry_delay = '0.1 s'");
        long first = jobs.start(jobid);
        long last = jobs.ended(jobid, 2).get(1).runid();
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/runs?status=failed&jobid=" + jobid, "admin");
            assertThat(row(page, last)).containsText("No rates <b>today</b>");
            assertThat(row(page, last)).containsText("58000");
            assertThat(row(page, first)).not().isVisible();
            visitor.button("1 attempt before").click();
            assertThat(row(page, first)).isVisible();
            visitor.requireAccessible();
            visitor.shot("runs");

            link(page, "run " + last).click();
            assertThat(heading(page, "Error")).isVisible();
            Locator error = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Error"));
            assertThat(error).containsText("SQLSTATE 58000");
            assertThat(error).containsText("HTTP 503");
            assertThat(error).containsText("Ask again.");
            visitor.button("Copy the message").click();
            assertThat(visitor.button("Copied")).isVisible();
            assertThat(page.locator(".chain li")).hasCount(2);
            assertThat(page.locator(".chain li[aria-current]")).containsText("attempt 2");
            visitor.requireAccessible();
            visitor.shot("run-failed");

            visitor.button("Run it again").click();
            link(page, "Watch it").click();
            assertThat(page.locator("main")).containsText("run " + last + " again, by hand");
        }
    }

    @Test
    void watchesARunLiveAndCancelsIt() {
        long jobid = jobs.create("SELECT pg_sleep(100)");
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/runs?jobid=" + jobid, "olga");
            assertThat(page.getByText("No run fits.")).isVisible();
            long runid = jobs.start(jobid);
            assertThat(row(page, runid)).containsText("running");

            link(page, "run " + runid).click();
            assertThat(heading(page, "Under way")).isVisible();
            assertThat(page.locator(".facts")).containsText("under way in session");
            visitor.requireAccessible();
            visitor.shot("run-running-dark");
            visitor.button("Cancel…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("What it did in its transaction is undone");
            dialog.getByLabel("Why?").fill("wrong day");
            visitor.button("Cancel the run").click();

            assertThat(page.locator(".headline")).containsText("failed");
            assertThat(heading(page, "Error")).isVisible();
            assertThat(page.locator("main")).containsText("wrong day");
            page.goBack();
            assertThat(row(page, runid)).containsText("failed");
            visitor.shot("runs-dark");
        }
    }

    @Test
    void saysWhoIsInTheWay() {
        jobs.running(jobs.start(jobs.create("SELECT pg_advisory_lock(711), pg_sleep(100)")));
        long runid = jobs.start(jobs.create("SELECT pg_advisory_lock(711)"));
        try (Visitor visitor = Visitor.onThePhone(port)) {
            Page page = visitor.open("/runs/" + runid, "rita");
            assertThat(page.locator(".facts")).containsText("blocked");
            assertThat(page.locator(".facts")).containsText("Blocked by");
            assertThat(visitor.button("Cancel…")).hasCount(0);
            visitor.requireAccessible();
            visitor.requireFitting();
            visitor.shot("run-blocked-phone");
        }
    }

    @Test
    void filtersByTheAddress() {
        long jobid = jobs.create("SELECT 'wanted'");
        jobs.alter(jobid, "jobname = 'is to be found here'");
        long failing = jobs.create(FAILING);
        long good = jobs.start(jobid);
        long bad = jobs.start(failing);
        jobs.ended(good);
        jobs.ended(bad);
        try (Visitor visitor = Visitor.onThePhone(port)) {
            Page page = visitor.open("/runs", "rita");
            assertThat(row(page, good)).containsText("wanted");
            page.getByLabel("Job", new Page.GetByLabelOptions().setExact(true)).fill("TO BE found");
            assertThat(page).hasURL(Pattern.compile("/runs\\?name=TO\\+BE\\+found$"));
            assertThat(row(page, bad)).isHidden();
            assertThat(row(page, good)).isVisible();
            visitor.button("Clear").click();
            page.getByLabel("Message has").pressSequentially("no ");
            assertThat(page).hasURL(Pattern.compile("/runs\\?message=no$"));
            page.getByLabel("Message has").pressSequentially("RATES");
            assertThat(page).hasURL(Pattern.compile("/runs\\?message=no\\+RATES$"));
            assertThat(row(page, bad)).isVisible();
            assertThat(row(page, good)).not().isVisible();
            visitor.requireAccessible();
            visitor.requireFitting();
            visitor.shot("runs-phone");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("succeeded"))
                    .first()
                    .click();
            assertThat(page).hasURL(Pattern.compile("message=no\\+RATES&status=succeeded$"));
            assertThat(page.getByText("No run fits.")).isVisible();
            page.goBack();
            assertThat(row(page, bad)).isVisible();
            visitor.button("Actions on run " + bad).click();
            assertThat(page.getByRole(AriaRole.MENUITEM)).hasText(new String[] {"Open", "Job"});
        }
    }

    @Test
    void keepsThePlaceOfAReader() {
        long jobid = jobs.create("SELECT 1");
        record(jobid, 70);
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/runs?jobid=" + jobid, "rita");
            assertThat(page.locator("tr[data-runid]")).hasCount(50);
            visitor.button("Show older").click();
            assertThat(page.locator("tr[data-runid]")).hasCount(70);
            assertThat(page.getByText("There are no older ones in the history."))
                    .isVisible();
            page.getByText("There are no older ones in the history.").scrollIntoViewIfNeeded();

            long runid = jobs.start(jobid);
            Locator fresh = visitor.button("↑ 1 new run");
            assertThat(fresh).isVisible();
            assertThat(row(page, runid)).hasCount(0);
            fresh.click();
            assertThat(row(page, runid)).isInViewport();
        }
    }

    private void record(long jobid, int runs) {
        database.owner().sql("""
                        INSERT INTO cron.job_run_details (jobid, status, return_message, start_time, end_time, queued_time, trigger, attempt, command)
                        SELECT ?, 'succeeded', n || ' rows', now(), now(), now(), 'manual', 1, 'SELECT 1' FROM generate_series(1, ?) n
                        """).param(jobid).param(runs).update();
    }

    @Test
    void leavesNoHoleWhereARunStartsWhileOlderOnesAreAwaited() {
        long jobid = jobs.create("SELECT 1");
        record(jobid, 70);
        try (Visitor visitor = Visitor.at(port)) {
            List<Route> held = new ArrayList<>();
            visitor.page().route(url -> url.contains("before="), held::add);
            Page page = visitor.open("/runs?jobid=" + jobid, "rita");
            assertThat(page.locator("tr[data-runid]")).hasCount(50);
            visitor.button("Show older").click();
            page.waitForCondition(() -> !held.isEmpty());
            page.evaluate("scrollTo(0, 0)");
            assertThat(row(page, jobs.start(jobid))).containsText("succeeded");
            held.forEach(Route::resume);
            assertThat(page.locator("tr[data-runid]")).hasCount(71);
        }
    }

    @Test
    void showsNothingThatWasAskedForWithTheFilterBefore() {
        long jobid = jobs.create("SELECT 1");
        try (Visitor visitor = Visitor.at(port)) {
            List<Route> held = new ArrayList<>();
            List<String> answered = new ArrayList<>();
            visitor.page().onRequestFinished(request -> answered.add(request.url()));
            Page page = visitor.open("/runs?jobid=" + jobid, "rita");
            // What is read again as the stream of events has begun has been.
            page.waitForCondition(() -> count(answered, "/v1/scheduler") >= 2);
            page.route(url -> url.contains("/v1/runs?"), route -> {
                if (held.isEmpty()) {
                    held.add(route);
                } else {
                    route.resume();
                }
            });
            jobs.ended(jobs.start(jobid));
            page.waitForCondition(() -> !held.isEmpty());
            long startedAt = System.currentTimeMillis();
            jobs.ended(jobs.start(jobid));
            page.waitForResponse(
                    response -> response.url().endsWith("/scheduler")
                            && response.request().timing().startTime > startedAt,
                    () -> {});
            long before = count(answered, "/v1/runs?");
            link(page, "failed").click();
            page.waitForCondition(() -> count(answered, "status=failed") >= 1);
            jobs.start(jobid);
            page.waitForCondition(() -> count(answered, "status=failed") >= 2);
            assertThat(page.locator("tr[data-runid]")).hasCount(0);
            Assertions.assertThat(count(answered, "/v1/runs?") - count(answered, "status=failed"))
                    .isEqualTo(before);
        }
    }

    private static long count(List<String> addresses, String part) {
        return addresses.stream().filter(address -> address.contains(part)).count();
    }

    /** The stream of events begins when it begins: what was read before may be older. */
    @Test
    void missesNothingUntilTheEventsCome() {
        long jobid = jobs.create("SELECT pg_sleep(100)");
        try (Visitor visitor = Visitor.at(port)) {
            List<Route> held = new ArrayList<>();
            visitor.page().route("**/api/v1/events", held::add);
            Page page = visitor.open("/runs?jobid=" + jobid, "rita");
            assertThat(page.getByText("No run fits.")).isVisible();
            long runid = jobs.start(jobid);
            jobs.running(runid);
            page.waitForCondition(() -> !held.isEmpty());
            held.forEach(Route::resume);
            assertThat(row(page, runid)).containsText("running");
        }
    }

    /** An event may come while the first answer is awaited, which knows nothing of it. */
    @Test
    void missesNothingUntilTheFirstAnswerComes() {
        long jobid = jobs.create("SELECT pg_sleep(100)");
        try (Visitor visitor = Visitor.at(port)) {
            Map<Route, APIResponse> held = new LinkedHashMap<>();
            visitor.page().route("**/api/v1/runs?*", route -> {
                if (held.isEmpty()) {
                    held.put(route, route.fetch());
                } else {
                    route.resume();
                }
            });
            Page page = visitor.open("/runs?jobid=" + jobid, "rita");
            page.waitForCondition(() -> !held.isEmpty());
            long runid = jobs.start(jobid);
            jobs.running(runid);
            long startedAt = System.currentTimeMillis();
            // The page has heard of the run when it asks for more than the runs.
            page.waitForResponse(
                    response -> response.url().endsWith("/scheduler")
                            && response.request().timing().startTime > startedAt,
                    () -> {});
            held.forEach((route, answer) -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            assertThat(row(page, runid)).containsText("running");
        }
    }
}
