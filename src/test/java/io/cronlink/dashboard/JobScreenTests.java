package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.TestJobs;
import io.cronlink.run.TestLock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@DashboardTest
class JobScreenTests {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

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
        database.owner().sql("DELETE FROM cron.job").update();
    }

    /** A job that fires at 03:00 in Berlin, with what became of that each day before this one, the latest first. */
    private long nightly(String... messages) {
        long jobid = jobs.schedule("0 3 * * *", "SELECT 'night'");
        jobs.set(jobid, "timezone = 'Europe/Berlin'");
        // As if it had always been like that.
        database.owner().sql("DELETE FROM cron.audit").update();
        for (int day = messages.length; day > 0; day--) {
            String message = messages[day - 1];
            database.owner()
                    .sql("""
                            INSERT INTO cron.job_run_details (jobid, status, return_message, sqlstate, scheduled_time, queued_time, start_time, end_time,
                                                              trigger, attempt, command)
                            SELECT :jobid, :status, :message, CASE :status WHEN 'failed' THEN '40P01' END, t.fire, t.fire,
                                   CASE WHEN :status <> 'skipped' THEN t.fire END, t.fire + CASE WHEN :status = 'skipped' THEN '0 s' ELSE interval '90 s' END,
                                   'schedule', 1, 'SELECT 1'
                            FROM (SELECT (date_trunc('day', now() AT TIME ZONE 'Europe/Berlin') + interval '3 h' - :day * interval '1 day')
                                         AT TIME ZONE 'Europe/Berlin' AS fire) AS t
                            """)
                    .param("jobid", jobid)
                    .param(
                            "status",
                            message.startsWith("ERROR") ? "failed" : message.equals("1 row") ? "succeeded" : "skipped")
                    .param("message", message)
                    .param("day", day)
                    .update();
        }
        return jobid;
    }

    private static Locator tab(Page page, String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("About the job"))
                .getByText(name);
    }

    @Test
    void saysWhyItDidNotRunAtThree() {
        long jobid =
                nightly("the job was still running", "ERROR:  deadlock detected\nDETAIL:  Process 1 waits", "1 row");
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/" + jobid + "?since=7", "rita");
            Locator skipped = page.locator(".fires li.trouble")
                    .filter(new Locator.FilterOptions().setHasText("The job was still running"));
            assertThat(skipped).containsText("03:00");
            assertThat(skipped).containsText("skipped");
            Locator failed = page.locator(".fires li.trouble")
                    .filter(new Locator.FilterOptions().setHasText("Deadlock detected"));
            assertThat(failed).containsText("failed");
            assertThat(page.locator(".fires li.good")).containsText("Succeeded in 1 min 30 s");
            assertThat(page.locator(".page-head")).containsText("At 03:00");
            assertThat(page.locator(".tiles").first()).containsText("50 %");
            assertThat(visitor.button("Run now")).hasCount(0);
            assertThat(visitor.button("Pause…")).hasCount(0);
            assertThat(tab(page, "History")).hasCount(0);
            visitor.requireAccessible();
            visitor.shot("job-why");

            page.getByText(Pattern.compile("^did not succeed")).click();
            assertThat(page).hasURL(Pattern.compile("since=7&fires=trouble"));
            assertThat(page.locator(".fires li.good")).hasCount(0);
            failed.getByRole(AriaRole.LINK).click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Error")))
                    .isVisible();
        }
        try (Visitor visitor = Visitor.onThePhone(port)) {
            Page page = visitor.open("/jobs/" + jobid, "olga");
            assertThat(page.locator(".fires li.trouble").first()).isVisible();
            visitor.requireAccessible();
            visitor.requireFitting();
            visitor.shot("job-phone");
        }
    }

    @Test
    void tellsAllOfAJob() {
        long jobid = nightly("1 row", "1 row");
        jobs.alter(jobid, "jobname = '" + HOSTILE + "'");
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/jobs/" + jobid, "admin");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(HOSTILE)))
                    .isVisible();
            tab(page, "Definition").click();
            assertThat(page.locator("pre.command")).hasText("SELECT 'night'");
            assertThat(page.locator(".options").first()).containsText("Europe/Berlin");
            visitor.requireAccessible();
            visitor.shot("job-definition-dark");

            tab(page, "History").click();
            assertThat(page.locator(".changes li").first()).containsText("changed it");
            assertThat(page.locator(".changes ins").first()).containsText(HOSTILE);
            visitor.shot("job-history-dark");

            tab(page, "Upcoming").click();
            assertThat(page.locator("tbody tr")).hasCount(20);
            assertThat(page.locator("tbody tr").first()).containsText("03:00");
            tab(page, "Statistics").click();
            assertThat(page.locator(".tiles").last()).containsText("2 runs");
            assertThat(page.locator(".chart canvas")).hasCount(2);
            visitor.requireAccessible();
            visitor.shot("job-statistics-dark");
            page.reload();
            assertThat(page.locator(".chart canvas")).hasCount(2);
        }
    }

    @Test
    void warnsOfWhatIsWrongWithIt() {
        long never = jobs.schedule("0 0 30 2 *", "SELECT 1");
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/" + never, "olga");
            assertThat(page.locator(".banner")).containsText("It never fires.");
            visitor.button("Pause…").click();
            page.getByLabel("Why?").fill("moved to the new server");
            visitor.button("Pause it").click();

            assertThat(page.locator(".banner").first()).containsText("Paused by");
            assertThat(page.locator(".banner").first()).containsText("moved to the new server");
            visitor.requireAccessible();
            visitor.shot("job-paused");
            visitor.button("Resume").click();
            assertThat(visitor.button("Pause…")).isVisible();
            assertThat(page.locator(".banner").filter(new Locator.FilterOptions().setHasText("Paused by")))
                    .hasCount(0);
        }
    }

    @Test
    void watchesAJobRun() {
        try (TestLock lock = new TestLock(database);
                Visitor visitor = Visitor.at(port)) {
            long jobid = jobs.schedule("* * * * *", lock.command());
            jobs.alter(jobid, "active = false");
            Page page = visitor.open("/jobs/" + jobid, "olga");
            assertThat(page.getByText("It has not run yet.")).isVisible();
            visitor.button("Run now").click();
            Locator row = page.locator("tr[data-runid]");
            assertThat(row).containsText("running");
            lock.open();
            assertThat(row).containsText("succeeded");
            assertThat(page.locator(".facts.last")).containsText("the last one");
        }
    }

    @Test
    void saysThatThereIsNoSuchJob() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/999999999", "rita");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("999999999");
        }
    }
}
