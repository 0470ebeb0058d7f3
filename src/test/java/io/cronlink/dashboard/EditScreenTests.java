package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.Json;
import io.cronlink.TestUsers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

@DashboardTest
class EditScreenTests {

    private static final Pattern OF_A_JOB = Pattern.compile(".*/jobs/\\d+$");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    /** By label, in groups that are opened before. */
    private static final Map<String, Map<String, String>> TEXTS = Map.of(
            "When it fails",
                    Map.of("Timeout", "1h 30m", "Attempts", "3", "Retry delay", "90 s", "Failures in a row", "5"),
            "When fires meet or are missed", Map.of("Start deadline", "2 h", "Jitter", "500 ms"),
            "Among other jobs", Map.of("Group", "heavy things", "Priority", "-2"),
            "Where and as whom", Map.of("Host", "localhost"),
            "From when until when", Map.of("Not before", "2026-01-31T08:00", "Not after", "2099-07-31T08:00:30"),
            "Transaction and history", Map.of());

    private static final Map<String, String> CHOICES =
            Map.of("Overlap", "skip", "Catch up", "all", "In one transaction", "false", "History", "failures");

    private static final String MADE = """
            {"description": "made in the \\"dashboard\\"", "schedule": "0 8 * * 1-5", "timezone": "America/New_York", "active": false,
             "command": "SELECT 'ü', 1;\\n\\n-- done\\nSELECT 2", "nodename": "localhost",
             "timeout": "PT1H30M", "maxAttempts": 3, "retryDelay": "PT1M30S", "maxFailures": 5, "startDeadline": "PT2H",
             "jitter": "PT0.5S", "jobGroup": "heavy things", "priority": -2, "validFrom": "2026-01-31T07:00:00Z",
             "validUntil": "2099-07-31T06:00:30Z", "overlap": "skip", "catchUp": "all", "transactional": false, "logLevel": "failures"}
            """;

    @LocalServerPort
    private int port;

    private RestClient rest;

    @BeforeEach
    void callsTheService() {
        rest = RestClient.builder()
                .baseUrl("http://localhost:" + port + "/api/v1")
                .defaultHeaders(headers -> headers.setBasicAuth("admin", TestUsers.PASSWORD))
                .build();
    }

    private JsonNode read(String path, Object... variables) {
        return Json.parse(
                requireNonNull(rest.get().uri(path, variables).retrieve().body(String.class)));
    }

    private JsonNode send(HttpMethod method, String path, MediaType type, String body) {
        return Json.parse(requireNonNull(rest.method(method)
                .uri(path)
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .retrieve()
                .body(String.class)));
    }

    private long job(String body) {
        return send(HttpMethod.POST, "/jobs", MediaType.APPLICATION_JSON, body)
                .path("jobid")
                .asLong();
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator command(Page page) {
        return page.locator("sql-editor").getByLabel("Command (SQL)");
    }

    private static Locator group(Page page, String title) {
        return page.locator("summary")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    private static String yaml(Page page) {
        return page.locator(".yaml pre").textContent();
    }

    private static long jobidOf(Page page) {
        assertThat(page).hasURL(OF_A_JOB);
        return Long.parseLong(page.url().replaceAll(".*/", ""));
    }

    @Test
    void makesAJobWithAllOptions() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/new", "admin");
            field(page, "Name").fill("made <b>here</b>");
            field(page, "Description").fill("made in the \"dashboard\"");
            field(page, "Active: it fires").uncheck();
            command(page).fill("SELECT 'ü', 1;\n\n-- done\nSELECT 2");
            page.getByText("Nothing is wrong with it").waitFor();
            visitor.button("Weekdays at 08:00").click();
            field(page, "Time zone").fill("America/New_York");
            TEXTS.forEach((title, texts) -> {
                group(page, title).click();
                texts.forEach((label, text) -> field(page, label).fill(text));
            });
            CHOICES.forEach((label, value) -> field(page, label).selectOption(value));
            assertThat(page.locator(".fires")).containsText("At 08:00, Monday through Friday");
            assertThat(page.locator(".next tbody tr")).hasCount(5);
            assertThat(page.locator(".next thead")).containsText("America/New_York");
            assertThat(page.getByText("That is Sat, 31 Jan 2026, 02:00:00 America/New_York"))
                    .isVisible();
            visitor.requireAccessible();
            visitor.shot("edit-new");
            String file = yaml(page);
            assertThat(planned(file, true).path("action").asString()).isEqualTo("add");

            visitor.button("Make the job").click();

            JsonNode made = read("/jobs/" + jobidOf(page) + "/definition");
            assertThat(made.path("jobname").asString()).isEqualTo("made <b>here</b>");
            JsonNode expected = Json.parse(MADE);
            expected.propertyNames()
                    .forEach(name -> assertThat(made.path(name)).as(name).isEqualTo(expected.path(name)));
            planned(file, false);
            assertThat(planned(file, true).path("action").asString()).isEqualTo("unchanged");
        }
    }

    private JsonNode planned(String file, boolean dryRun) {
        return send(HttpMethod.POST, "/jobs:apply?manager=dashboard&adopt=true&dryRun=" + dryRun, YAML, file)
                .at("/jobs/0");
    }

    @Test
    void saysAtTheFieldsWhatIsWrong() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/new", "admin");
            visitor.button("Make the job").click();
            assertThat(page.getByText("A job needs a schedule.")).isVisible();
            assertThat(page.getByText("A job needs a command.")).isVisible();

            field(page, "Schedule").fill("61 * * * *");
            assertThat(page.locator("#schedule-error")).containsText("Invalid schedule: 61 * * * *");
            assertThat(page.locator("#schedule-error")).containsText("Use cron format");
            field(page, "Schedule").fill("*/10 * * * * *");
            assertThat(page.locator(".fires")).containsText("sixth field");
            field(page, "Time zone").fill("Mars/Base");
            assertThat(page.locator("#timezone-error")).containsText("not recognized");
            field(page, "Time zone").fill("");
            command(page).fill("SELEC 1");
            assertThat(page.getByText("syntax error at or near \"SELEC\"")).isVisible();
            group(page, "When it fails").click();
            field(page, "Timeout").fill("20");
            assertThat(page.locator("#timeout-error")).hasText("20 of what? Write it as 20 min, 90 s or 1 h 30 min.");
            field(page, "Timeout").fill("20 min");
            field(page, "Attempts").fill("3000");
            visitor.requireAccessible();

            visitor.button("Make the job").click();

            assertThat(page.locator("#maxAttempts-error")).hasText("Must be from 1 to 100");
            assertThat(field(page, "Attempts")).isFocused();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Attempts: must be from 1 to 100");
            visitor.shot("edit-refused");

            field(page, "Attempts").fill("3");
            field(page, "Schedule").fill("@at 2020-01-01 00:00");
            visitor.button("Make the job").click();
            assertThat(page.getByText("The database has something to say about it"))
                    .isVisible();
            assertThat(page.locator(".notice.warn")).isVisible();
            visitor.shot("edit-warned");
            page.getByText("To the job").click();
            jobidOf(page);
        }
    }

    @Test
    void showsWhatChangesAndOverwritesNobody() {
        long jobid = job("""
                {"jobname": "contested", "schedule": "0 3 * * *", "timezone": "Europe/Berlin", "timeout": "PT20M",
                 "command": "SELECT 1;\\nSELECT 2;\\nSELECT 3"}
                """);
        try (Visitor visitor = Visitor.inTheDark(port)) {
            Page page = visitor.open("/jobs/" + jobid + "/edit", "admin");
            assertThat(visitor.button("Save")).isDisabled();
            field(page, "Timeout").fill("");
            field(page, "Schedule").fill("@every 90 min");
            command(page).fill("SELECT 1;\nSELECT 2.5;\nSELECT 3");
            Locator difference = page.locator(".difference");
            assertThat(difference).containsText("0 3 * * * →  becomes  @every 90 min");
            assertThat(difference).containsText("20 min →  becomes  no limit (default)");
            assertThat(difference.locator("del")).hasText(new String[] {"0 3 * * *", "− SELECT 2;", "20 min"});
            assertThat(page.locator(".fires")).containsText("Every 1 hour and 30 minutes");
            visitor.requireAccessible();
            visitor.shot("edit-changes-dark");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Runs"))
                    .click();
            assertThat(page.getByText("What you have typed is lost.")).isVisible();
            visitor.button("Stay").click();
            send(
                    HttpMethod.PATCH,
                    "/jobs/" + jobid,
                    MediaType.APPLICATION_JSON,
                    "{\"timeout\": \"PT45M\", \"priority\": 3}");
            visitor.button("Save 3 changes").click();

            Locator rival = page.locator(".rival");
            assertThat(rival).containsText("admin was faster");
            assertThat(rival.locator("tbody tr").nth(0)).hasText("Timeout20 min45 minno limit (default)");
            assertThat(rival.locator("tbody tr").nth(1)).hasText("Priority0 (default)3not touched");
            visitor.requireAccessible();
            visitor.shot("edit-rival-dark");
            visitor.button("Save 3 changes on top").click();

            jobidOf(page);
            JsonNode saved = read("/jobs/" + jobid + "/definition");
            assertThat(saved.path("timeout").isNull()).isTrue();
            assertThat(saved.path("priority").asInt()).isEqualTo(3);
            assertThat(saved.path("schedule").asString()).isEqualTo("@every 90 min");
            assertThat(saved.path("timezone").asString()).isEqualTo("Europe/Berlin");
            assertThat(saved.path("command").asString()).isEqualTo("SELECT 1;\nSELECT 2.5;\nSELECT 3");
        }
    }

    @Test
    void asksBeforeWhatWasTypedIsLost() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/runs", "admin");
            page.navigate("/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New job"))
                    .click();
            field(page, "Name").fill("typed in vain");
            assertThat(page.locator(".yaml pre")).containsText("typed in vain");

            page.evaluate("history.back()");
            Locator question = page.getByRole(AriaRole.DIALOG);
            assertThat(question).containsText("What you have typed is lost.");
            assertThat(page).hasURL("/jobs/new");
            visitor.button("Stay").click();
            assertThat(field(page, "Name")).hasValue("typed in vain");

            List<String> asked = new ArrayList<>();
            page.onDialog(dialog -> {
                asked.add(dialog.type());
                dialog.dismiss();
            });
            page.close(new Page.CloseOptions().setRunBeforeUnload(true));
            page.waitForCondition(() -> asked.contains("beforeunload"));
            assertThat(field(page, "Name")).hasValue("typed in vain");

            page.evaluate("history.back()");
            visitor.button("Leave").click();
            assertThat(page).hasURL("/");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Timeline")))
                    .isVisible();
            page.evaluate("history.forward()");
            assertThat(field(page, "Name")).hasValue("");
            page.evaluate("history.go(-2)");
            assertThat(page).hasURL("/runs");
        }
    }

    @Test
    void copiesAJob() {
        long jobid = job("""
                {"jobname": "to copy", "schedule": "0 3 * * *", "command": "SELECT 1", "timeout": "PT20M", "overlap": "skip"}
                """);
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/new?from=" + jobid, "admin");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Copy of to copy");
            assertThat(field(page, "Active: it fires")).not().isChecked();
            field(page, "Name").fill("the copy");
            field(page, "Timeout").fill("");
            visitor.button("Make the copy").click();

            JsonNode copy = read("/jobs/" + jobidOf(page) + "/definition");
            assertThat(copy.path("jobname").asString()).isEqualTo("the copy");
            assertThat(copy.path("active").asBoolean()).isFalse();
            assertThat(copy.path("timeout").isNull()).isTrue();
            assertThat(copy.path("overlap").asString()).isEqualTo("skip");
        }
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/new", "admin");
            command(page).waitFor();
            Locator make = visitor.button("Make the job");
            field(page, "Name").focus();
            page.keyboard().type("typed");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            assertThat(command(page)).isFocused();
            page.keyboard().type("SELECT 'typed'");
            page.keyboard().press("Tab");
            assertThat(field(page, "Schedule")).isFocused();
            page.keyboard().type("@daily");
            Locator group = group(page, "When it fails");
            tabTo(page, group);
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(field(page, "Timeout")).isFocused();
            page.keyboard().type("5 min");
            tabTo(page, make);
            page.keyboard().press("Enter");

            JsonNode made = read("/jobs/" + jobidOf(page) + "/definition");
            assertThat(List.of(
                            made.path("jobname").asString(),
                            made.path("command").asString()))
                    .containsExactly("typed", "SELECT 'typed'");
            assertThat(made.path("timeout").asString()).isEqualTo("PT5M");
        }
    }

    @Test
    void readsDurationsAsPeopleWriteThem() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/new", "admin");
            String advice = "Write it as 20 min, 90 s or 1 h 30 min.";
            Map.ofEntries(
                            entry("20 min", "PT20M 20 min"),
                            entry(" 1h30m ", "PT1H30M 1 h 30 min"),
                            entry("1.5 hours", "PT1H30M 1 h 30 min"),
                            entry("1,5 h", "PT1H30M 1 h 30 min"),
                            entry("2 weeks, 1 day and 1 hr", "PT361H 15 d 1 h"),
                            entry("1 week", "PT168H 7 d"),
                            entry("0", "PT0S 0 s"),
                            entry("500 ms", "PT0.5S 500 ms"),
                            entry("90 secs", "PT1M30S 1 min 30 s"),
                            entry("pt1m0.25s", "PT1M0.25S 1 min 0.25 s"),
                            entry("20", "20 of what? " + advice),
                            entry("1 h 30", "30 of what? " + advice),
                            entry("1 month", advice),
                            entry(",5 h", advice),
                            entry("1 h,", advice),
                            entry("P", advice),
                            entry("soon", advice))
                    .forEach((typed, expected) ->
                            assertThat(page.evaluate("""
                                    typed => import("/dashboard/durations.js").then(({parseDuration, exactDuration}) => {
                                        try {
                                            const read = parseDuration(typed);
                                            return read + " " + exactDuration(read);
                                        } catch (problem) {
                                            return problem.message;
                                        }
                                    })""", typed)).as(typed).isEqualTo(expected));
        }
    }

    private static void tabTo(Page page, Locator target) {
        for (int steps = 0; steps < 60; steps++) {
            if (Boolean.TRUE.equals(target.evaluate("element => element === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        assertThat(target).isFocused();
    }

    @Test
    void importsJobsAfterALookAtThem() {
        String script = """
                CRON_TZ=Europe/Berlin
                0 3 29 2 * psql -c "SELECT 'imported'"
                0 4 * * * /usr/bin/backup.sh
                """;
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open("/jobs/import", "admin");
            Locator text = page.getByLabel("Crontab, or SQL for pg_cron");
            text.fill("SELECT cron.schedule('x', '@daily', 'SELECT 1');");
            assertThat(page.getByLabel("Read it as")).containsText("what it looks like: SQL for pg_cron");
            text.fill(script);
            assertThat(page.getByLabel("Read it as")).containsText("what it looks like: a crontab");
            visitor.button("Show what would become of it").click();
            Locator rows = page.locator(".outcome tbody tr");
            assertThat(rows.nth(0)).containsText("SELECT 'imported'");
            assertThat(rows.nth(0)).containsText("Europe/Berlin");
            assertThat(rows.nth(1)).containsText("It is a shell's command");
            assertThat(read("/jobs?command=imported").path("jobs")).isEmpty();
            visitor.requireAccessible();
            visitor.shot("import");

            visitor.button("Import 1 job").click();
            assertThat(rows.nth(0)).containsText("added");
            assertThat(read("/jobs?command=imported").path("jobs")).hasSize(1);
            visitor.button("Show what would become of it").click();
            assertThat(rows.nth(0)).containsText("there already");
            assertThat(visitor.button("Import 0 jobs")).isDisabled();

            page.getByLabel("Read it as").selectOption("pg_cron");
            visitor.button("Show what would become of it").click();
            assertThat(page.locator("#outcome-title + span")).containsText("0 jobs to add");
        }
    }

    @Test
    void fitsThePhone() {
        long jobid = job("{\"jobname\": \"on the phone\", \"schedule\": \"*/5 * * * *\", \"command\": \"SELECT 1\"}");
        try (Visitor visitor = Visitor.onThePhone(port)) {
            Page page = visitor.open("/jobs/" + jobid + "/edit", "admin");
            command(page).fill("SELECT a_rather_long_name, another_rather_long_name FROM a_table_of_a_long_name");
            assertThat(page.locator(".difference")).isVisible();
            assertThat(page.locator(".next tbody tr")).hasCount(5);
            visitor.requireFitting();
            visitor.requireAccessible();
            visitor.shot("edit-phone");
            send(HttpMethod.PATCH, "/jobs/" + jobid, MediaType.APPLICATION_JSON, "{\"command\": \"SELECT 2\"}");
            visitor.button("Save 1 change").click();
            assertThat(page.locator(".rival")).containsText("admin was faster");
            visitor.requireFitting();
            visitor.shot("edit-rival-phone");
            visitor.button("Save 1 change on top").click();
            jobidOf(page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/new", "/jobs/import"})
    void isForAdministrators(String address) {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.open(address, "olga");
            assertThat(page.getByText("You are olga, with the role operator.")).isVisible();
            assertThat(page.locator("form")).hasCount(0);
        }
    }
}
