package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import tools.jackson.databind.JsonNode;

/** The service is told what the values say. */
class SettingsTests {

    private static final Environment INLINE = Environment.of(render("inline.yaml"), Map.of());
    private static final Environment REFERENCED = Environment.of(
            render("referenced.yaml"),
            Map.ofEntries(
                    Map.entry("pg-app/host", "pg-rw"),
                    Map.entry("pg-app/port", "5436"),
                    Map.entry("pg-app/dbname", "app"),
                    Map.entry("pg-app/username", "owner"),
                    Map.entry("pg-app/password", "secret-1"),
                    Map.entry("pg-superuser/username", "postgres"),
                    Map.entry("pg-superuser/password", "secret-2"),
                    Map.entry("jobs/username", "reports"),
                    Map.entry("jobs/password", "secret-3"),
                    Map.entry("login/username", "root"),
                    Map.entry("login/password", "secret-4"),
                    Map.entry("grafana-login/secret", "secret-5")));

    private static Manifests render(String file) {
        return Chart.render(Chart.read(Path.of("src", "test", "resources", "chart", file)));
    }

    private static Properties url(Environment environment) {
        String url = environment.property("spring.datasource.url");
        Properties parsed = Driver.parseURL(url, new Properties());
        assertThat(parsed).as(url).isNotNull();
        return parsed;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spring.datasource.username                 | $(HOME)$$"'                   | owner
            spring.datasource.password                 | inline-secret $(HOME) "'      | secret-1
            spring.datasource.hikari.maximum-pool-size | 5                             | 5
            spring.flyway.user                         | postgres                      | postgres
            spring.flyway.password                     | inline-secret-2               | secret-2
            cronlink.loopback.host                     | 10.0.0.5                      | ``
            cronlink.loopback.port                     | 5434                          | ``
            cronlink.loopback.sslmode                  | verify-full                   | ``
            cronlink.loopback.sslrootcert              | /etc/ssl/ca.crt               | ``
            cronlink.jobs.username                     | reports                       | reports
            cronlink.jobs.password                     | inline-secret-3               | secret-3
            cronlink.security.username                 | root                          | root
            cronlink.security.password                 | {bcrypt}$2a$inline-secret-4   | secret-4
            cronlink.security.users[0].name            | grafana                       | grafana
            cronlink.security.users[0].role            | reader                        | operator
            cronlink.security.users[0].password        | inline-secret-5               | secret-5
            cronlink.security.users[1].name            | deployer                      | ``
            cronlink.security.users[1].role            | admin                         | ``
            cronlink.security.users[1].password        | inline-secret: 6              | ``
            """)
    void reachSpringByTheirNames(String property, String inline, String referenced) {
        assertThat(INLINE.property(property)).isEqualTo(inline);
        assertThat(REFERENCED.property(property)).isEqualTo(referenced);
    }

    @Test
    void nameTheDatabaseAsTheDriverReadsIt() {
        Properties url = url(INLINE);

        assertThat(PGProperty.PG_HOST.getOrDefault(url)).isEqualTo("[::1]");
        assertThat(PGProperty.PG_PORT.getOrDefault(url)).isEqualTo("5433");
        assertThat(PGProperty.PG_DBNAME.getOrDefault(url)).isEqualTo("app & more/50%$(HOME)");
        assertThat(PGProperty.SSL_MODE.getOrDefault(url)).isEqualTo("verify-ca");
        assertThat(PGProperty.SSL_ROOT_CERT.getOrDefault(url)).isNull();
    }

    @Test
    void nameTheDatabaseOfASecret() {
        Properties url = url(REFERENCED);

        assertThat(PGProperty.PG_HOST.getOrDefault(url)).isEqualTo("pg-rw");
        assertThat(PGProperty.PG_PORT.getOrDefault(url)).isEqualTo("5436");
        assertThat(PGProperty.PG_DBNAME.getOrDefault(url)).isEqualTo("app");
        assertThat(PGProperty.SSL_MODE.getOrDefault(url)).isEqualTo("verify-full");
    }

    @Test
    void trustTheRootCertificateWhereItIsMounted() {
        JsonNode pod = render("referenced.yaml").pod();
        Path file = Path.of(String.valueOf(PGProperty.SSL_ROOT_CERT.getOrDefault(url(REFERENCED))));

        JsonNode mount = pod.at("/spec/containers/0/volumeMounts")
                .valueStream()
                .filter(candidate -> file.startsWith(candidate.path("mountPath").asString()))
                .findFirst()
                .orElseThrow();
        JsonNode secret = pod.at("/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").equals(mount.path("name")))
                .findFirst()
                .orElseThrow()
                .path("secret");

        assertThat(mount.path("readOnly").asBoolean()).isTrue();
        assertThat(secret.path("secretName").asString()).isEqualTo("pg-ca");
        assertThat(secret.path("items")).hasSize(1);
        assertThat(secret.at("/items/0/key").asString()).isEqualTo("ca.crt");
        assertThat(secret.at("/items/0/path").asString()).isEqualTo(String.valueOf(file.getFileName()));
    }

    @Test
    void trustJavasAuthoritiesWithoutARootCertificate() throws ClassNotFoundException {
        String factory = PGProperty.SSL_FACTORY.getOrDefault(url(INLINE));

        assertThat(factory).isNotNull();
        assertThat(Class.forName(factory).getSimpleName()).isEqualTo("DefaultJavaSSLFactory");
        assertThat(PGProperty.SSL_FACTORY.getOrDefault(url(REFERENCED))).isNotEqualTo(factory);
    }

    @Test
    void areAFileIfTheyAreOfTheConfiguration() {
        Manifests manifests = render("inline.yaml");

        JsonNode file = Manifests.parse(
                manifests.only("ConfigMap").at("/data/application.yml").asString());

        assertThat(file.at("/cronlink/daemon/enabled").asBoolean(true)).isFalse();
        assertThat(file.path("logging.level.io.cronlink").asString()).isEqualTo("debug");
        assertThat(manifests.container().path("volumeMounts").valueStream().map(mount -> mount.path("mountPath")
                        .asString()))
                .contains("/app/config");
    }

    /** Only what moves the service is refused, not what has a similar name. */
    @Test
    void mayBeOthersOfTheServer() {
        String file = Chart.render(Chart.MINIMAL, """
                        config:
                          server: {shutdown: immediate, tomcat.threads.max: 20, servlet: {session.timeout: 5m}}
                          management: {endpoints: {web: {exposure: {include: health}}}}
                          spring.jdbc.template.query-timeout: 10s
                          cronlink: {jobs: {username: tokens}, data: "a?b&c=d"}
                        extraEnv: [{name: SERVER_SHUTDOWN, value: immediate}]
                        """)
                .only("ConfigMap")
                .at("/data/application.yml")
                .asString();

        assertThat(Manifests.parse(file).at("/server/shutdown").asString()).isEqualTo("immediate");
    }

    @Test
    void haveTheServicesOwnStandards() {
        JsonNode service = Manifests.parse(Chart.read(Path.of("application.yml")));
        JsonNode chart = Manifests.parse(Chart.read(Chart.FOLDER.resolve("values.yaml")));

        assertThat(chart.at("/database/poolSize")).isEqualTo(service.at("/spring/datasource/hikari/maximum-pool-size"));
        assertThat(chart.at("/security/username")).isEqualTo(service.at("/cronlink/security/username"));
    }
}
