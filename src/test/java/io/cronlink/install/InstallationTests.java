package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each guide promises. */
abstract class InstallationTests extends Installation {

    InstallationTests(String guide) {
        super(guide);
    }

    /** How to get each message that the guide explains. */
    abstract Map<String, Supplier<String>> mistakes();

    Set<String> messages() {
        return new HashSet<>(guide.messages());
    }

    @Test
    void jobsOfAnOrdinaryRoleRun() {
        assertThat(runSql(home(), true)).contains("succeeded").doesNotContain("failed");
    }

    @Test
    void theServiceIsHealthy() {
        assertThat(service().get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .contains("\"session\":\"leading\"")
                .doesNotContain("DOWN");
    }

    @TestFactory
    Stream<DynamicTest> saysWhatIsMissing() {
        Map<String, Supplier<String>> mistakes = mistakes();
        assertThat(mistakes.keySet()).as("messages of " + guide.name()).hasSameElementsAs(messages());
        return mistakes.entrySet().stream()
                .map(mistake -> DynamicTest.dynamicTest(
                        mistake.getKey(),
                        () -> assertThat(mistake.getValue().get()).containsPattern(Guide.pattern(mistake.getKey()))));
    }
}
