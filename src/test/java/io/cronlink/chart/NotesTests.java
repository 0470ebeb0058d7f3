package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesTests {

    private static final String SAFE = """
            database: {host: db, name: app, existingSecret: {name: database}, sslmode: verify-full}
            loopback: {sslmode: require}
            """;

    @Test
    void tellHowToReadTheGeneratedPassword() {
        assertThat(Chart.notes(SAFE))
                .contains("kubectl --namespace somewhere get secret release-cronlink --output "
                        + "go-template='{{ index .data \"admin-password\" | base64decode }}'");
    }

    @Test
    void tellHowToReadThePasswordOfASecret() {
        assertThat(Chart.notes(SAFE, "security: {existingSecret: {name: login, passwordKey: pass}}"))
                .contains("get secret login --output go-template='{{ index .data \"pass\" | base64decode }}'");
    }

    @Test
    void tellHowToReachTheService() {
        assertThat(Chart.notes(SAFE, "service: {port: 81}"))
                .contains(
                        "kubectl --namespace somewhere port-forward service/release-cronlink 8080:81",
                        "curl --user 'admin' http://127.0.0.1:8080/api/v1/jobs",
                        "helm test release --namespace somewhere --logs",
                        "logs --selector app.kubernetes.io/instance=release,app.kubernetes.io/name=cronlink");
    }

    @Test
    void showNoPassword() {
        assertThat(Chart.notes(Chart.read(Path.of("src", "test", "resources", "chart", "inline.yaml"))))
                .contains("https://cronlink.example.com/api/v1/jobs")
                .doesNotContain("inline-secret");
    }

    @Test
    void warnOfNothingIfAllIsWell() {
        assertThat(Chart.notes(SAFE)).doesNotContain("Mind", "If a job's run fails");
    }

    @Test
    void doNotWarnOfALoadBalancerThatIsTold() {
        assertThat(Chart.notes(SAFE, "service: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}"))
                .doesNotContain("lets any address in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            database: {sslmode: prefer}                                    | with database.sslmode prefer the password and the data may go over the network as they are
            database: {sslmode: require}                                   | takes any server for the right one
            loopback: {sslmode: ""}                                        | If a job's run fails because the server cannot reach itself
            security: {password: a}                                        | passwords were given as values
            security: {users: [{name: a, role: reader, password: b}]}      | passwords were given as values
            service: {type: LoadBalancer}                                  | nothing here speaks TLS
            service: {type: LoadBalancer}                                  | the load balancer lets any address in
            ingress: {enabled: true, hosts: [{host: a, paths: [{path: /, pathType: Prefix}]}]} | nothing here speaks TLS
            """)
    void warn(String values, String warning) {
        assertThat(Chart.notes(SAFE, values)).contains(warning);
        assertThat(Chart.notes(SAFE)).doesNotContain(warning);
    }
}
