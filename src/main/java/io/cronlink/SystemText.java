package io.cronlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads environment and arguments as UTF-8 where the JVM does not: in the locales C and POSIX, which are what a service or a slim
 * container has, it takes them for ASCII, and a password with any other letter is wrong for no visible reason. No option of the
 * JVM changes that, but Linux still has the bytes.
 */
class SystemText implements EnvironmentPostProcessor, Ordered {

    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    /** What the JVM calls the encoding of those two locales. */
    private static final Set<String> ASCII = Set.of("ANSI_X3.4-1968", "US-ASCII");

    /** What the JVM puts in the place of a byte that it cannot read. */
    private static final String LOST = "\uFFFD";

    /** Before what Spring derives from the environment is made of it. */
    @Override
    public int getOrder() {
        return SystemEnvironmentPropertySourceEnvironmentPostProcessor.DEFAULT_ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        PropertySource<?> source = environment.getPropertySources().get(ENVIRONMENT);
        if (source != null && source.getSource() instanceof Map<?, ?> variables && isLost(variables.values())) {
            Map<String, Object> readable = new HashMap<>();
            variables.forEach((name, value) -> readable.put(String.valueOf(name), value));
            for (String variable : texts("environ")) {
                String[] part = variable.split("=", 2);
                if (part.length == 2 && isLost(List.of(String.valueOf(readable.get(part[0]))))) {
                    readable.put(part[0], part[1]);
                }
            }
            environment
                    .getPropertySources()
                    .replace(ENVIRONMENT, new SystemEnvironmentPropertySource(ENVIRONMENT, readable));
        }
    }

    /** The same arguments, which are the last words of the command line. */
    static String[] arguments(String[] arguments) {
        if (!isLost(List.of(arguments))) {
            return arguments;
        }
        List<String> words = texts("cmdline");
        return words.size() < arguments.length
                ? arguments
                : words.subList(words.size() - arguments.length, words.size()).toArray(String[]::new);
    }

    private static boolean isLost(Iterable<?> texts) {
        if (!ASCII.contains(System.getProperty("sun.jnu.encoding", ""))) {
            return false;
        }
        for (Object text : texts) {
            if (String.valueOf(text).contains(LOST)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(String file) {
        try {
            String all = new String(Files.readAllBytes(Path.of("/proc/self", file)), UTF_8);
            // Each ends with a zero byte, also one that is empty.
            String[] ended = all.split("\0", -1);
            return Arrays.asList(ended).subList(0, ended.length - 1);
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
