package io.cronlink.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;

/** What the service finds in its environment: Kubernetes has put secrets into it, and replaced references to variables. */
record Environment(Map<String, String> variables) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    /**
     * @param secrets those that are not the chart's, by {@code secret/key}
     */
    static Environment of(Manifests manifests, Map<String, String> secrets) {
        Map<String, String> known = new LinkedHashMap<>(secrets);
        for (JsonNode secret : manifests.kind("Secret")) {
            String prefix = secret.at("/metadata/name").asString() + "/";
            secret.path("data")
                    .properties()
                    .forEach(entry -> known.put(prefix + entry.getKey(), decode(entry.getValue())));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : manifests.container().path("env")) {
            String name = variable.path("name").asString();
            if (variable.has("value")) {
                variables.put(name, expand(variable.path("value").asString(), variables));
            } else {
                String value = known.get(manifests.secret(name));
                if (value == null) {
                    throw new AssertionError("no secret " + manifests.secret(name));
                }
                variables.put(name, value);
            }
        }
        return new Environment(variables);
    }

    private static String decode(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asString()), StandardCharsets.UTF_8);
    }

    private static String expand(String value, Map<String, String> variables) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        reference.group(1) == null
                                ? "$"
                                : variables.getOrDefault(reference.group(1), reference.group())));
    }

    /** A property as Spring Boot reads it from these variables. */
    String property(String name) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(variables)));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(name, String.class)
                .orElse("");
    }
}
