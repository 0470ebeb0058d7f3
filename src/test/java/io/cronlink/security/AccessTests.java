package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.CronlinkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Which role each endpoint needs, as a file that a review can read: none that is added is open by accident. */
@CronlinkTest
class AccessTests {

    private static final Path EXPECTED = Path.of("src", "test", "resources", "contract", "access.txt");
    private static final Path FOUND = Path.of("target", "access.txt");

    @Autowired
    private ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private SecurityFilterChain chain;

    /** If it is meant to have changed, {@code cp target/access.txt src/test/resources/contract/}. */
    @Test
    void isWhatIsOnFile() throws IOException {
        Set<String> found = new TreeSet<>();
        mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .forEach(mapping -> endpoints(mapping).forEach(found::add));
        Files.write(FOUND, found);

        assertThat(found).hasSizeGreaterThan(20);
        assertThat(List.copyOf(found)).isEqualTo(Files.readAllLines(EXPECTED));
    }

    @Test
    void isForAdministratorsWhereNothingElseIsSaid() {
        Stream.of("PUT", "PATCH", "DELETE", "POST", "OPTIONS", "TRACE")
                .forEach(method ->
                        assertThat(needed(method, "/api/v1/nowhere")).as(method).isEqualTo("admin"));
        assertThat(needed("GET", "/api/v1/nowhere")).isEqualTo("reader");
        assertThat(needed("GET", "/api/v1/tokens/1/anything")).isEqualTo("admin");
        assertThat(needed("HEAD", "/api/v1/tokens")).isEqualTo("admin");
        assertThat(needed("HEAD", "/api/v1/jobs")).isEqualTo("reader");
        assertThat(needed("GET", "/actuator/prometheus")).isEqualTo("metrics");
    }

    private Stream<String> endpoints(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        List<String> names = methods.isEmpty()
                ? List.of("GET", "POST")
                : methods.stream().map(RequestMethod::name).toList();
        return mapping.getPatternValues().stream()
                .flatMap(path -> names.stream().map(method -> "%-6s %-40s %s"
                        .formatted(method, path, needed(method, path.replaceAll("\\{[^}]*}|\\*+", "1")))));
    }

    /** The weakest role that will do. */
    private String needed(String method, String path) {
        if (isAllowed(method, path, null)) {
            return "anybody";
        }
        return Arrays.stream(Role.values())
                .sorted(Comparator.naturalOrder())
                .filter(role -> isAllowed(method, path, new Caller("somebody", role)))
                .map(Role::text)
                .findFirst()
                .orElse("nobody");
    }

    private boolean isAllowed(String method, String path, @Nullable Authentication user) {
        AuthorizationFilter access = chain.getFilters().stream()
                .filter(AuthorizationFilter.class::isInstance)
                .map(AuthorizationFilter.class::cast)
                .findFirst()
                .orElseThrow();
        AuthorizationResult result =
                access.getAuthorizationManager().authorize(() -> user, new MockHttpServletRequest(method, path));
        return result != null && result.isGranted();
    }
}
