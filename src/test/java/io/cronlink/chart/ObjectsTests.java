package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ObjectsTests {

    private static final String REFERENCED = """
            database: {existingSecret: {name: pg-app}}
            security: {existingSecret: {name: login}}
            """;

    private static List<String> kinds(String values) {
        return Chart.render(REFERENCED, values).all().stream()
                .map(manifest -> manifest.path("kind").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicaCount: 2                       | PodDisruptionBudget | true
            replicaCount: 1                       | PodDisruptionBudget | false
            podDisruptionBudget: {enabled: false} | PodDisruptionBudget | false
            networkPolicy: {enabled: false}       | NetworkPolicy       | false
            networkPolicy: {enabled: true}        | NetworkPolicy       | true
            ingress: {enabled: false}             | Ingress             | false
            config: {}                            | ConfigMap           | false
            config: {debug: true}                 | ConfigMap           | true
            metrics: {podMonitor: {enabled: false}} | PodMonitor        | false
            metrics: {podMonitor: {enabled: true, existingSecret: {name: prometheus}}} | PodMonitor | true
            jobs: {files: {a.yaml: {version: 1}}} | ConfigMap           | true
            serviceAccount: {create: true}        | ServiceAccount      | true
            serviceAccount: {create: false}       | ServiceAccount      | false
            """)
    void areMadeIfTheValuesSaySo(String values, String kind, boolean made) {
        assertThat(kinds(values).contains(kind)).isEqualTo(made);
    }

    /** The service finds them in the folder it is told of, whether they were written as a text or as values. */
    @Test
    void bringTheFilesOfJobsToTheService() {
        Manifests manifests = Chart.render(REFERENCED, """
                jobs:
                  prune: true
                  files:
                    reports.yaml: {version: 1, jobs: [{jobname: rollup, schedule: "0 3 * * *", commandFile: rollup.sql}]}
                    rollup.sql: |
                      CALL rollup('{{ $HOME }}')
                """);
        JsonNode data = manifests.only("ConfigMap").path("data");
        JsonNode pod = manifests.only("Deployment").at("/spec/template/spec");

        assertThat(data.path("rollup.sql").asString()).isEqualTo("CALL rollup('{{ $HOME }}')\n");
        assertThat(Manifests.parse(data.path("reports.yaml").asString()))
                .isEqualTo(Manifests.parse(
                        "{version: 1, jobs: [{jobname: rollup, schedule: \"0 3 * * *\", commandFile: rollup.sql}]}"));
        assertThat(pod.path("volumes").toString())
                .contains(manifests.only("ConfigMap").at("/metadata/name").asString());
        assertThat(pod.at("/containers/0/volumeMounts").toString()).contains("\"mountPath\":\"/etc/cronlink/jobs\"");
        assertThat(pod.at("/containers/0/env").toString())
                .contains("{\"name\":\"CRONLINK_JOBS_DIRECTORY\",\"value\":\"/etc/cronlink/jobs\"}")
                .contains("{\"name\":\"CRONLINK_JOBS_PRUNE\",\"value\":\"true\"}");
    }

    @Test
    void letTheLoadBalancerSayWhomItLetsIn() {
        String balancer = "service: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, \"2001:db8::/32\"]}";

        assertThat(Chart.render(REFERENCED, balancer).only("Service").at("/spec/loadBalancerSourceRanges"))
                .isEqualTo(Manifests.parse("[10.0.0.0/8, \"2001:db8::/32\"]"));
        assertThat(Chart.render(REFERENCED, "service: {type: LoadBalancer}")
                        .only("Service")
                        .path("spec")
                        .has("loadBalancerSourceRanges"))
                .isFalse();
    }

    @Test
    void haveTheirPodsAskedForMetricsWithALogin() {
        Manifests manifests = Chart.render(REFERENCED, """
                metrics:
                  podMonitor: {enabled: true, labels: {release: prometheus}, existingSecret: {name: prometheus-login, passwordKey: pass}}
                """);
        JsonNode monitor = manifests.only("PodMonitor");

        assertThat(monitor.at("/metadata/labels/release").asString()).isEqualTo("prometheus");
        assertThat(monitor.at("/spec/selector"))
                .isEqualTo(manifests.only("Deployment").at("/spec/selector"));
        assertThat(monitor.at("/spec/podMetricsEndpoints/0")).isEqualTo(Manifests.parse("""
                port: http
                path: /actuator/prometheus
                interval: 30s
                basicAuth:
                  username: {name: prometheus-login, key: username}
                  password: {name: prometheus-login, key: pass}
                """));
        assertThat(manifests.container().at("/ports/0/name").asString()).isEqualTo("http");
    }

    /** Kubernetes refuses the parameters of a rolling update with another strategy. */
    @Test
    void areRecreatedWithoutParametersOfARollingUpdate() {
        JsonNode strategy = Chart.render(REFERENCED, "updateStrategy: {type: Recreate}")
                .only("Deployment")
                .at("/spec/strategy");

        assertThat(strategy).isEqualTo(Manifests.parse("type: Recreate"));
    }

    /** Helm would delete the pod of a test that went well before `helm test --logs` has read it. */
    @Test
    void areTestedByAPodThatStaysUntilTheNextTest() {
        JsonNode annotations = Chart.render(REFERENCED).testPod().at("/metadata/annotations");

        assertThat(annotations.path("helm.sh/hook").asString()).isEqualTo("test");
        assertThat(annotations.path("helm.sh/hook-delete-policy").asString()).isEqualTo("before-hook-creation");
    }

    @Test
    void areSpreadAsTheValuesSay() {
        JsonNode spread = Chart.render(REFERENCED, """
                        topologySpreadConstraints:
                          - maxSkew: 1
                            topologyKey: zone
                            whenUnsatisfiable: DoNotSchedule
                            labelSelector: {matchLabels: {app.kubernetes.io/name: cronlink}}
                          - {maxSkew: 2, topologyKey: host, whenUnsatisfiable: ScheduleAnyway}
                        """).pod().at("/spec/topologySpreadConstraints");

        assertThat(spread.at("/0/labelSelector"))
                .isEqualTo(Manifests.parse("matchLabels: {app.kubernetes.io/name: cronlink}"));
        assertThat(spread.at("/1/labelSelector"))
                .isEqualTo(Manifests.parse(
                        "matchLabels: {app.kubernetes.io/name: cronlink, app.kubernetes.io/instance: release}"));
    }

    @Test
    void useTheImageThatTheValuesName() {
        String digest = "sha256:" + "0".repeat(64);

        assertThat(Chart.render(
                                REFERENCED,
                                "image: {repository: mirror.example.com/cron, tag: 1.2.3, digest: \"%s\"}"
                                        .formatted(digest))
                        .containers()
                        .map(container -> container.path("image").asString()))
                .hasSize(2)
                .containsOnly("mirror.example.com/cron:1.2.3@" + digest);
    }
}
