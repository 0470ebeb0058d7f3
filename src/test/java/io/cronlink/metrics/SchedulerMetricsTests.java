package io.cronlink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cronlink.TestUsers;
import io.cronlink.database.TestDatabase;
import io.cronlink.rest.ServedTest;
import io.cronlink.run.TestJobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Prometheus gets, as it gets it. */
@ServedTest
class SchedulerMetricsTests {

    private static final Path OBSERVABILITY = Path.of("src", "observability");
    private static final Pattern METRIC = Pattern.compile("\\bcronlink_[a-z_]+");
    private static final Pattern CELL = Pattern.compile("`(cronlink_[a-z_]+)`");
    private static final Duration SOON = Duration.ofSeconds(20);

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
        await().atMost(SOON).until(() -> jobs.value("SELECT count(*) FROM cron_engine.queue")
                .equals("0"));
        await().atMost(SOON).until(() -> jobs.value("""
                        SELECT coalesce((SELECT max(id) FROM cron_engine.event), event) = event FROM cron_engine.count_point
                        """).equals("true"));
    }

    private String scrape() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")
                            .toURL()
                            .openConnection();
            connection.setRequestProperty(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(("rita:" + TestUsers.PASSWORD).getBytes(StandardCharsets.UTF_8)));
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** 0 if there is no such series. */
    private double value(String series) {
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Those of a scrape, with the endings that Prometheus gives to counters and histograms. */
    private Set<String> names() {
        return scrape().lines()
                .filter(line -> line.startsWith("cronlink_"))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long makeEverythingHappen() {
        long jobid = jobs.schedule("0 0 29 2 *", "SELECT 1");
        jobs.ended(jobs.start(jobid));
        long skips = jobs.schedule("1 second", "SELECT pg_sleep(1.5)");
        jobs.set(skips, "overlap => 'skip'");
        await().atMost(SOON.plusSeconds(5))
                .until(() -> value("cronlink_runs_skipped_total{reason=\"still_running\"}") > 0);
        return jobid;
    }

    @Test
    void areWellFormedAndAllThatIsNamedAnywhere() throws IOException {
        makeEverythingHappen();
        String scrape =
                scrape().lines().filter(line -> line.contains("cronlink_")).collect(Collectors.joining("\n", "", "\n"));
        Set<String> names = names();

        Promtool.Verdict verdict = Promtool.run(Path.of("."), scrape, "check", "metrics");
        assertThat(verdict.code()).as(verdict.text()).isZero();
        assertThat(verdict.text()).isEmpty();
        for (String file : new String[] {"prometheus/rules.yaml", "grafana/cronlink.json"}) {
            assertThat(found(METRIC, Files.readString(OBSERVABILITY.resolve(file))))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(names);
        }
        Set<String> described = found(CELL, Files.readString(Path.of("docs", "observability.md")));
        assertThat(names).allSatisfy(name -> assertThat(described)
                .containsAnyOf(name, name.replaceAll("_(bucket|sum|count|limit)$", "")));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() > 0 ? match.group(1) : match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void areADashboardThatGrafanaTakes() throws IOException {
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(OBSERVABILITY.resolve("grafana/cronlink.json")));

        assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
        List<JsonNode> panels = dashboard.path("panels").valueStream().toList();
        assertThat(panels).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.path("targets").valueStream().map(target -> target.path("expr")
                            .asString()))
                    .isNotEmpty()
                    .allSatisfy(expression -> assertThat(expression).contains("{job=~\"$job\""));
        });
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        StringBuilder rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
        int number = 0;
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asString().replace("$__rate_interval", "5m");
                rules.append("  {record: panel_").append(number++).append(", expr: ");
                rules.append(JsonMapper.shared().writeValueAsString(expression)).append("},\n");
            }
        }
        Promtool.Verdict verdict = Promtool.run(Path.of("."), rules + "]}]\n", "check", "rules", "/dev/stdin");
        assertThat(verdict.code()).as(verdict.text()).isZero();
    }

    @Test
    void countRunsOfAnyEndWithTheirTimes() {
        double succeeded = value("cronlink_runs_total{status=\"succeeded\",trigger=\"manual\"}");
        double failed = value("cronlink_run_duration_seconds_count{status=\"failed\"}");
        double lasting = lasting();
        jobs.run("SELECT pg_sleep(0.3)");
        jobs.run("SELECT 1/0");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(value("cronlink_runs_total{status=\"succeeded\",trigger=\"manual\"}"))
                    .isGreaterThan(succeeded);
            assertThat(value("cronlink_run_duration_seconds_count{status=\"failed\"}"))
                    .isGreaterThan(failed);
            assertThat(lasting()).isGreaterThan(lasting);
        });
    }

    /** Those of at least a quarter of a second. */
    private double lasting() {
        return value("cronlink_run_duration_seconds_bucket{status=\"succeeded\",le=\"+Inf\"}")
                - value("cronlink_run_duration_seconds_bucket{status=\"succeeded\",le=\"0.25\"}");
    }

    /** As a label's value is written. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Test
    void tellOfEachJobAndOfTheScheduler() {
        String name = "nightly \"x\" \\ y";
        long jobid = jobs.create("SELECT 1/0");
        database.owner()
                .sql("UPDATE cron.job SET jobname = ? WHERE jobid = ?")
                .param(name)
                .param(jobid)
                .update();
        jobs.ended(jobs.start(jobid));
        jobs.ended(jobs.start(jobid));
        String labels = "{jobid=\"%d\",jobname=\"%s\",username=\"%s\"}"
                .formatted(jobid, escaped(name), escaped(database.ownerName()));

        await().atMost(SOON).untilAsserted(() -> assertThat(value("cronlink_job_consecutive_failures" + labels))
                .isEqualTo(2));
        assertThat(scrape()).doesNotContain("cronlink_job_last_success_timestamp_seconds" + labels);
        database.owner()
                .sql("UPDATE cron.job SET command = 'SELECT 1' WHERE jobid = ?")
                .param(jobid)
                .update();
        jobs.ended(jobs.start(jobid));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(value("cronlink_job_consecutive_failures" + labels)).isZero();
            assertThat(value("cronlink_job_last_success_timestamp_seconds" + labels))
                    .isCloseTo(System.currentTimeMillis() / 1000.0, Offset.offset(60.0));
        });
        assertThat(value("cronlink_database_up")).isOne();
        assertThat(value("cronlink_scheduler_leading")).isOne();
        assertThat(value("cronlink_instance_leading")).isOne();
        assertThat(value("cronlink_jobs{state=\"active\"}")).isOne();
        assertThat(value("cronlink_jobs_without_series")).isZero();
        assertThat(value("cronlink_scheduler_next_fire_timestamp_seconds")).isPositive();
        assertThat(value("cronlink_database_connections")).isPositive();
    }
}
