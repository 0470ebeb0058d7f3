package io.cronlink.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a browser finds the libraries that the dashboard's modules import by their names: each jar of mvnpm tells that of itself,
 * uPlot's does not.
 */
final class ImportMap {

    private static final String OF_A_JAR = "META-INF/importmap.json";
    private static final String UPLOT = "uplot";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ImportMap() {}

    /** What one jar says. */
    private record Imports(Map<String, String> imports) {}

    /** Of all jars there are, in order of the names: the same each time. */
    static String json(ClassLoader classes) {
        Map<String, String> all = new TreeMap<>();
        try {
            for (URL url : Collections.list(classes.getResources(OF_A_JAR))) {
                try (InputStream stream = url.openStream()) {
                    all.putAll(MAPPER.readValue(stream, Imports.class).imports());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        all.put(UPLOT, webjar("dist/uPlot.esm.js"));
        all.put(UPLOT + "/", webjar("dist/"));
        return MAPPER.writeValueAsString(new Imports(all));
    }

    private static String webjar(String path) {
        String version = Objects.requireNonNull(new WebJarVersionLocator().version(UPLOT), "uPlot is missing");
        return "/webjars/" + UPLOT + "/" + version + "/" + path;
    }
}
