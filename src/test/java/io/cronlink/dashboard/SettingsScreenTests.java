package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.database.TestDatabase;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@DashboardTest
class SettingsScreenTests {

    private static final List<String> SECTIONS = List.of(
            "scheduler", "limits", "defaults", "retention", "groups", "logins", "alarms", "tokens", "audit", "about");

    @LocalServerPort
    private int port;

    @Autowired
    private TestDatabase database;

    @AfterEach
    void undo() {
        database.owner()
                .sql("UPDATE cron.settings SET paused = false, retry_delay = '10 s', max_attempts = 1, timeout = NULL")
                .update();
        database.owner().sql("DELETE FROM cron.job_group").update();
    }

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    private static void press(Locator within, String button) {
        within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }

    private static Locator row(Page page, String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void pausesAndResumesEverything() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings", "admin");
            visitor.button("Pause everything…").click();
            assertThat(dialog(page)).containsText("No job fires, and nothing that waits starts");
            visitor.shot("settings-pause");
            press(dialog(page), "Pause everything");

            assertThat(page.locator(".switch")).containsText("Everything is paused");
            assertThat(page.getByRole(AriaRole.BANNER)).containsText("everything is paused");
            visitor.requireAccessible();

            visitor.button("Resume everything…").click();
            assertThat(dialog(page)).containsText("Jobs that were paused one by one stay so");
            press(dialog(page), "Resume everything");
            assertThat(page.getByText("Jobs fire as scheduled")).isVisible();
        }
    }

    @Test
    void changesSettingsAfterShowingTheDifferenceAndOverwritesNobody() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/defaults", "admin");
            page.getByLabel("Pause before the second attempt").fill("soon");
            assertThat(page.getByText("Write it as 20 min")).isVisible();
            assertThat(visitor.button("Review and save…")).isDisabled();
            page.getByLabel("Pause before the second attempt").fill("1,5 hours");
            page.getByLabel("A run takes at most").fill("20 minutes");
            assertThat(page.getByText("2 changes, not saved yet.")).isVisible();
            visitor.button("Review and save…").click();
            assertThat(row(page, "Pause before the second attempt")).containsText("10 s1 h 30 min");
            assertThat(row(page, "A run takes at most")).containsText("no limit20 min");
            visitor.requireAccessible();
            visitor.shot("settings-difference");
            database.owner().sql("UPDATE cron.settings SET max_attempts = 3").update();
            press(dialog(page), "Save");
            assertThat(dialog(page)).containsText("Somebody else has changed the settings meanwhile");
            press(dialog(page), "See theirs, keep mine");

            assertThat(page.getByLabel("Attempts in all")).hasValue("3");
            visitor.button("Review and save…").click();
            press(dialog(page), "Save");
            assertThat(page.getByText("Saved 2 changes.")).isVisible();
            assertThat(page.getByLabel("A run takes at most")).hasValue("20 min");
            Assertions.assertThat(database.owner()
                            .sql("SELECT retry_delay || ' ' || timeout FROM cron.settings")
                            .query(String.class)
                            .single())
                    .isEqualTo("01:30:00 00:20:00");
        }
    }

    @Test
    void makesChangesAndDeletesAGroup() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/groups", "admin");
            assertThat(page.getByText("There are no common groups.")).isVisible();
            visitor.button("New group…").click();
            page.getByLabel("Name, as jobs write it").fill("<i>heavy");
            page.getByLabel("Runs of its jobs at once").fill("2");
            press(dialog(page), "Make it");
            assertThat(row(page, "<i>heavy")).containsText("2");

            visitor.button("Change <i>heavy").click();
            page.getByLabel("Runs of its jobs at once").fill("0");
            assertThat(dialog(page)).containsText("0 holds it back");
            press(dialog(page), "Save");
            assertThat(row(page, "<i>heavy")).containsText("held back");
            visitor.shot("settings-groups");

            visitor.button("Delete <i>heavy").click();
            assertThat(dialog(page)).containsText("No job names it");
            press(dialog(page), "Delete it");
            assertThat(page.getByText("There are no common groups.")).isVisible();
        }
    }

    @Test
    void refusesALoginThatTheDatabaseRefuses() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/logins", "admin");
            visitor.button("Add a login…").click();
            page.getByLabel("Role, as the database knows it").fill("nobody_knows_him");
            page.getByLabel("Its password", new Page.GetByLabelOptions().setExact(true))
                    .fill("a secret that is typed");
            press(dialog(page), "Try and keep it");

            assertThat(dialog(page).getByRole(AriaRole.ALERT)).containsText("nobody_knows_him");
            assertThat(dialog(page).getByRole(AriaRole.ALERT)).not().containsText("a secret");
        }
    }

    @Test
    void makesATokenThatIsShownOnceAndRevokesIt() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/tokens", "admin");
            visitor.button("New token…").click();
            page.getByLabel("Name: what it is for").fill("grafana");
            page.getByLabel("Is good for").selectOption("P7D");
            press(dialog(page), "Make it");
            assertThat(dialog(page).locator("code")).hasText(Pattern.compile("cronlink_[0-9A-Za-z]{49}"));
            visitor.shot("settings-token");
            press(dialog(page), "I have it");
            assertThat(page.getByText(Pattern.compile("cronlink_[0-9A-Za-z]{49}")))
                    .hasCount(0);
            assertThat(row(page, "grafana")).containsText("expires soon");

            visitor.button("Revoke grafana").click();
            assertThat(dialog(page)).containsText("refused from then on");
            press(dialog(page), "Revoke it");
            assertThat(row(page, "grafana")).containsText("revoked by admin");

            page.navigate("/settings/audit?objectType=token");
            assertThat(page.getByRole(AriaRole.LISTITEM).first()).containsText("token grafana");
            page.getByLabel("About").selectOption("settings");
            assertThat(page).hasURL(Pattern.compile("objectType=settings"));
        }
    }

    @Test
    void tellsChangesBeforeAndAfterInTheAudit() {
        database.owner().sql("UPDATE cron.settings SET max_attempts = 7").update();
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/audit?objectType=settings", "admin");
            Locator latest = page.locator(".audit > li").first();
            assertThat(latest.locator("del")).hasText("1");
            assertThat(latest.locator("ins")).hasText("7");
            visitor.requireAccessible();
        }
    }

    @Test
    void testsTheChannelsAndExaminesAll() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/alarms", "admin");
            visitor.button("Send a test").click();
            assertThat(page.getByText("No channel is configured")).isVisible();
            assertThat(page.getByText("A test, asked for by admin")).not().hasCount(0);

            page.navigate("/settings/about");
            Locator doctor = page.locator(".doctor");
            assertThat(doctor).containsText("Somebody leads");
            assertThat(doctor.locator("li").filter(new Locator.FilterOptions().setHasText("Somebody leads")))
                    .containsText("✓");
            Locator arrive = doctor.locator("li").filter(new Locator.FilterOptions().setHasText("Alarms arrive"));
            assertThat(arrive).containsText("no channel was configured");
            arrive.getByRole(AriaRole.LINK).click();
            assertThat(page).hasURL(Pattern.compile("/settings/alarms$"));
        }
    }

    @Test
    void offersAReaderNothingThatHeMayNotDo() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/settings/limits", "rita");
            assertThat(page.getByText("Runs at once, of all jobs")).isVisible();
            assertThat(page.getByRole(AriaRole.TEXTBOX)).hasCount(0);
            Locator sections = page.getByLabel("Settings", new Page.GetByLabelOptions().setExact(true));
            assertThat(sections).containsText("About and doctor");
            assertThat(sections).not().containsText("Tokens");
            assertThat(sections).not().containsText("Audit");
            visitor.requireAccessible();
            page.navigate("/settings/tokens");
            assertThat(page.getByText("It is for administrators.")).isVisible();
            page.navigate("/settings/scheduler");
            assertThat(page.getByText("Jobs fire as scheduled")).isVisible();
            assertThat(visitor.button("Pause everything…")).hasCount(0);
        }
    }

    @Test
    void looksWellInTheLightInTheDarkAndOnThePhone() {
        try (Visitor light = Visitor.at(port);
                Visitor dark = Visitor.inTheDark(port);
                Visitor phone = Visitor.onThePhone(port)) {
            look(light, "light");
            look(dark, "dark");
            look(phone, "phone");
        }
    }

    private static void look(Visitor visitor, String name) {
        Page page = visitor.open("/settings", "admin");
        for (String section : SECTIONS) {
            page.locator("nav a[href='/settings/" + section + "']").click();
            assertThat(page).hasURL("/settings/" + section);
            assertThat(page.locator("main h1")).isVisible();
            assertThat(page.locator("main .loading")).hasCount(0);
            visitor.requireAccessible();
            visitor.requireFitting();
            visitor.shot("settings-" + section + "-" + name);
        }
    }
}
