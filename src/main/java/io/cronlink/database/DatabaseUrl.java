package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cronlink.startup.CannotStart;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * Refuses in our own words a URL that the driver would refuse, or misunderstand, with the whole URL in its message. Other programs
 * write addresses in other ways: who gives one of those is told how it is written here, without the password that may be in it.
 */
final class DatabaseUrl {

    // What cannot be told apart for certain is not repeated: it may be a part of a password.
    private static final Pattern URI = Pattern.compile(
            "(?i)(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?#]*)(?::[^@/?#]*)?@)?(?<hosts>[\\w.,:\\[\\]-]*)"
                    + "(?:/(?<database>[\\w.~%-]*))?(?:\\?(?<parameters>[^@]*))?");
    private static final Pattern SSLMODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)(?=&|$)");
    private static final Pattern KEYWORDS =
            Pattern.compile("(\\w+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|[^\\s']*)(?:\\s+|$)");

    private DatabaseUrl() {}

    static void requireUsable(String url, LoginSettings settings) {
        Login login = new Login(url, null, null);
        if (!url.startsWith("jdbc:")) {
            throw new CannotStart("the database's URL is none of JDBC's", rightForm(url, settings), null);
        }
        if (login.displayUrl().contains("//…@")) {
            throw new CannotStart(
                    "the database's URL has a user in it: " + login.displayUrl(), rightForm(url, settings), null);
        }
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            throw new CannotStart(
                    "the database's URL cannot be read: " + login.displayUrl(),
                    "Write " + settings.url()
                            + " as jdbc:postgresql://host:5432/database?sslmode=require, other characters than"
                            + " letters, digits and dashes percent-encoded.",
                    null);
        }
        try {
            SslMode.of(parts);
        } catch (PSQLException unknown) {
            throw new CannotStart(
                    "the database's URL has an sslmode that there is not",
                    "In " + settings.url() + " write disable, allow, prefer, require, verify-ca or verify-full.",
                    unknown);
        }
    }

    private static String rightForm(String url, LoginSettings settings) {
        String text = url.strip();
        if (text.length() > 1 && "\"'".indexOf(text.charAt(0)) >= 0 && text.endsWith(text.substring(0, 1))) {
            return withoutQuotes(text.substring(1, text.length() - 1), settings);
        }
        Matcher uri = URI.matcher(text);
        if (uri.matches()) {
            Matcher sslmode = SSLMODE.matcher(uri.group("parameters") == null ? "" : uri.group("parameters"));
            return advice(
                    settings,
                    uri.group("hosts"),
                    uri.group("database"),
                    sslmode.find() ? sslmode.group(1) : null,
                    uri.group("user") == null ? null : decoded(uri.group("user")));
        }
        Map<String, String> keywords = keywords(text);
        if (keywords.keySet().stream().anyMatch(List.of("host", "hostaddr", "dbname", "user")::contains)) {
            return advice(
                    settings,
                    hosts(keywords),
                    encoded(keywords.get("dbname")),
                    keywords.get("sslmode"),
                    keywords.get("user"));
        }
        return advice(settings, "host:5432", "database", null, null);
    }

    private static String withoutQuotes(String url, LoginSettings settings) {
        return (url.startsWith("jdbc:") ? "" : rightForm(url, settings) + " ")
                + "Write it without the quotation marks.";
    }

    private static String advice(
            LoginSettings settings,
            @Nullable String hosts,
            @Nullable String database,
            @Nullable String sslmode,
            @Nullable String user) {
        return "Set " + settings.url() + " to jdbc:postgresql://"
                + (hosts == null || hosts.isEmpty() ? "localhost" : hosts) + "/"
                + (database == null || database.isEmpty() ? "database" : database)
                + (sslmode == null ? "" : "?sslmode=" + sslmode) + ", " + settings.username() + " to "
                + (user == null || user.isEmpty() ? "its user" : user) + " and " + settings.password()
                + " to its password.";
    }

    private static Map<String, String> keywords(String text) {
        Map<String, String> keywords = new HashMap<>();
        Matcher keyword = KEYWORDS.matcher(text);
        int end = 0;
        while (keyword.find() && keyword.start() == end) {
            String value = keyword.group(2);
            keywords.put(
                    keyword.group(1),
                    value.startsWith("'")
                            ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                            : value);
            end = keyword.end();
        }
        return end == text.length() ? keywords : Map.of();
    }

    /** Of several hosts each has a port of its own, or all have the same. */
    private static String hosts(Map<String, String> keywords) {
        String[] hosts = keywords.getOrDefault("host", keywords.getOrDefault("hostaddr", ""))
                .split(",");
        String[] ports = keywords.getOrDefault("port", "").split(",");
        for (int i = 0; i < hosts.length; i++) {
            // A folder of sockets, which is where no host says, is on this machine.
            String host = hosts[i].isEmpty() || hosts[i].startsWith("/") ? "localhost" : hosts[i];
            String port = ports[Math.min(i, ports.length - 1)];
            hosts[i] = (host.contains(":") ? "[" + host + "]" : host) + (port.isEmpty() ? "" : ":" + port);
        }
        return String.join(",", hosts);
    }

    private static @Nullable String encoded(@Nullable String name) {
        return name == null ? null : URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    private static String decoded(String user) {
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return user;
        }
    }
}
