package io.cronlink.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.ConcurrentTest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

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

    @ConcurrentTest
    void jobsOfAnOrdinaryRoleRun() {
        assertThat(runSql(home(), true)).contains("succeeded").doesNotContain("failed");
    }

    @ConcurrentTest
    void theServiceIsHealthy() {
        assertThat(service().get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .contains("\"session\":\"leading\"")
                .doesNotContain("DOWN");
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> saysWhatIsMissing() {
        Map<String, Supplier<String>> mistakes = mistakes();
        assertThat(mistakes.keySet()).as("messages of " + guide.name()).hasSameElementsAs(messages());
        return mistakes.entrySet().stream()
                .map(mistake -> DynamicTest.dynamicTest(
                        mistake.getKey(),
                        () -> assertThat(mistake.getValue().get()).containsPattern(Guide.pattern(mistake.getKey()))));
    }
}
