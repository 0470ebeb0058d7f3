package io.cronlink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, as Prometheus understands them. */
class RulesTests {

    private static final Path FOLDER = Path.of("src", "observability", "prometheus");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    private Path elsewhere;

    @Test
    void areUnderstood() {
        Promtool.Verdict verdict = Promtool.run(FOLDER, "", "check", "rules", "--lint-fatal", "rules.yaml");

        assertThat(verdict.code()).as(verdict.text()).isZero();
    }

    @Test
    void alertWhenTheyShouldAndOnlyThen() throws IOException {
        Promtool.Verdict verdict = Promtool.run(FOLDER, "", "test", "rules", "rules.test.yaml");

        assertThat(verdict.code()).as(verdict.text()).isZero();
        String tests = Files.readString(FOLDER.resolve("rules.test.yaml"));
        assertThat(ALERT.matcher(Files.readString(FOLDER.resolve("rules.yaml")))
                        .results()
                        .map(MatchResult::group)
                        .map(alert -> alert.replace("- alert: ", "")))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        alert -> assertThat(tests).containsPattern("(?s)alertname: " + alert + "\\b\\s+exp_alerts"));
    }

    /** A rule that never fires would otherwise pass. */
    @Test
    void areTriedInEarnest() throws IOException {
        for (String file : new String[] {"rules.yaml", "rules.test.yaml"}) {
            Files.writeString(
                    elsewhere.resolve(file),
                    Files.readString(FOLDER.resolve(file))
                            .replace("_consecutive_failures) >= 3", "_consecutive_failures) >= 4"));
        }

        assertThat(Promtool.run(elsewhere, "", "test", "rules", "rules.test.yaml")
                        .code())
                .isNotZero();
    }
}
