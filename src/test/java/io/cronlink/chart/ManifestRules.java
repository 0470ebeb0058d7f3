package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What holds of all that the chart renders, whatever the values. */
final class ManifestRules {

    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String SERVICE_NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String LABEL_VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";
    private static final Set<String> OPEN_WITHOUT_LOGIN =
            Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private ManifestRules() {}

    static void check(Manifests manifests) {
        for (JsonNode manifest : manifests.all()) {
            assertThatCode(() -> KubernetesApi.read(manifest)).doesNotThrowAnyException();
            assertThat(nulls("", manifest)).as("values that are null").isEmpty();
            checkNames(manifest);
        }
        checkSelectors(manifests);
        checkPorts(manifests);
        checkContainers(manifests);
        checkReferences(manifests);
        checkPasswords(manifests);
    }

    /** The Pod Security Standard "restricted", rule by rule. */
    static void checkRestricted(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertThat(spec.path(shared).asBoolean(false)).as(shared).isFalse();
        }
        assertThat(spec.path("volumes").valueStream().flatMap(volume -> volume.propertyNames().stream()))
                .as("kinds of volumes")
                .isSubsetOf(
                        "name",
                        "configMap",
                        "csi",
                        "downwardAPI",
                        "emptyDir",
                        "ephemeral",
                        "persistentVolumeClaim",
                        "projected",
                        "secret");
        JsonNode podContext = spec.path("securityContext");
        assertThat(podContext.has("sysctls")).as("sysctls").isFalse();
        for (JsonNode container : Stream.of("containers", "initContainers", "ephemeralContainers")
                .flatMap(kind -> spec.path(kind).valueStream())
                .toList()) {
            checkRestricted(container, podContext);
        }
    }

    private static void checkRestricted(JsonNode container, JsonNode podContext) {
        JsonNode context = container.path("securityContext");
        assertThat(context.path("privileged").asBoolean(false)).as("privileged").isFalse();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                .as("allowPrivilegeEscalation")
                .isFalse();
        assertThat(context.at("/capabilities/drop").valueStream().map(JsonNode::asString))
                .as("capabilities dropped")
                .contains("ALL");
        assertThat(context.at("/capabilities/add").valueStream().map(JsonNode::asString))
                .as("capabilities added")
                .isSubsetOf("NET_BIND_SERVICE");
        assertThat(either(context, podContext, "runAsNonRoot").asBoolean(false))
                .as("runAsNonRoot")
                .isTrue();
        assertThat(either(context, podContext, "runAsUser").asInt(1))
                .as("runAsUser")
                .isPositive();
        assertThat(either(context, podContext, "seccompProfile").path("type").asString(""))
                .as("seccompProfile")
                .isIn("RuntimeDefault", "Localhost");
        assertThat(context.path("procMount").asString("Default"))
                .as("procMount")
                .isEqualTo("Default");
        assertThat(either(context, podContext, "seLinuxOptions").isMissingNode())
                .as("no seLinuxOptions")
                .isTrue();
        assertThat(either(context, podContext, "appArmorProfile").isMissingNode())
                .as("no appArmorProfile")
                .isTrue();
        assertThat(either(context, podContext, "windowsOptions").isMissingNode())
                .as("no windowsOptions")
                .isTrue();
        assertThat(container.path("ports").valueStream().filter(port -> port.has("hostPort")))
                .as("ports of the host")
                .isEmpty();
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/host").isMissingNode())
                    .as("no host in %s", probe)
                    .isTrue();
        }
    }

    private static JsonNode either(JsonNode container, JsonNode pod, String property) {
        return container.has(property) ? container.path(property) : pod.path(property);
    }

    private static void checkNames(JsonNode manifest) {
        JsonNode metadata = manifest.path("metadata");
        assertThat(metadata.path("name").asString())
                .matches(manifest.path("kind").asString().equals("Service") ? SERVICE_NAME : DNS_LABEL);
        assertThat(metadata.path("namespace").asString()).isEqualTo(Chart.NAMESPACE);
        Map<String, String> labels = labels(metadata);
        assertThat(labels)
                .containsKeys(
                        "app.kubernetes.io/name",
                        "app.kubernetes.io/instance",
                        "app.kubernetes.io/version",
                        "app.kubernetes.io/managed-by",
                        "helm.sh/chart");
        assertThat(labels.values()).allSatisfy(value -> assertThat(value).matches(LABEL_VALUE));
    }

    /** A deployment's selector can never change, so it has to do with what never changes: name and release. */
    private static void checkSelectors(Manifests manifests) {
        Map<String, String> pods = labels(manifests.pod().path("metadata"));
        Map<String, String> testPod = labels(manifests.testPod().path("metadata"));
        List<JsonNode> selectors = new ArrayList<>();
        selectors.add(manifests.only("Deployment").at("/spec/selector/matchLabels"));
        selectors.add(manifests.only("Service").at("/spec/selector"));
        manifests.kind("PodDisruptionBudget").forEach(budget -> selectors.add(budget.at("/spec/selector/matchLabels")));
        manifests.kind("NetworkPolicy").forEach(policy -> selectors.add(policy.at("/spec/podSelector/matchLabels")));
        manifests
                .pod()
                .at("/spec/topologySpreadConstraints")
                .forEach(spread -> selectors.add(spread.at("/labelSelector/matchLabels")));
        for (JsonNode selector : selectors) {
            Map<String, String> selected = strings(selector);
            assertThat(selected).containsOnlyKeys("app.kubernetes.io/name", "app.kubernetes.io/instance");
            assertThat(pods).containsAllEntriesOf(selected);
            assertThat(testPod).isNotEmpty().doesNotContainEntry("app.kubernetes.io/name", name(selected));
        }
        for (JsonNode policy : manifests.kind("NetworkPolicy")) {
            assertThat(testPod)
                    .containsAllEntriesOf(strings(policy.at("/spec/ingress/0/from/0/podSelector/matchLabels")));
        }
    }

    private static String name(Map<String, String> labels) {
        return labels.getOrDefault("app.kubernetes.io/name", "");
    }

    private static void checkPorts(Manifests manifests) {
        JsonNode container = manifests.container();
        Set<String> ports = container
                .path("ports")
                .valueStream()
                .map(port -> port.path("name").asString())
                .collect(Collectors.toSet());
        JsonNode service = manifests.only("Service");
        Set<String> servicePorts = service.at("/spec/ports")
                .valueStream()
                .map(port -> port.path("name").asString())
                .collect(Collectors.toSet());
        assertThat(service.at("/spec/ports").valueStream().map(port -> port.path("targetPort")
                        .asString()))
                .isNotEmpty()
                .isSubsetOf(ports);
        for (JsonNode ingress : manifests.kind("Ingress")) {
            assertThat(ingress.findValues("backend")).isNotEmpty().allSatisfy(backend -> {
                assertThat(backend.at("/service/name")).isEqualTo(service.at("/metadata/name"));
                assertThat(backend.at("/service/port/name").asString()).isIn(servicePorts);
            });
        }
        for (JsonNode policy : manifests.kind("NetworkPolicy")) {
            assertThat(policy.at("/spec/ingress/0/ports/0/port").asString()).isIn(ports);
        }
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            assertThat(get.path("path").asString()).isIn(OPEN_WITHOUT_LOGIN);
            assertThat(get.path("port").asString()).isIn(ports);
        }
        assertThat(manifests
                        .testPod()
                        .at("/spec/containers/0/command")
                        .valueStream()
                        .map(JsonNode::asString))
                .contains("http://" + service.at("/metadata/name").asString() + ":"
                        + service.at("/spec/ports/0/port").asInt() + "/actuator/health/readiness");
    }

    private static void checkContainers(Manifests manifests) {
        for (JsonNode pod : manifests.pods()) {
            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .as("token mounted")
                    .isFalse();
            assertThat(pod.at("/spec/enableServiceLinks").asBoolean(true))
                    .as("service links")
                    .isFalse();
        }
        assertThat(manifests.containers()).isNotEmpty().allSatisfy(container -> {
            assertThat(container.at("/resources/requests/memory").asString("")).isNotEmpty();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean(false))
                    .isTrue();
            assertThat(container.path("image").asString())
                    .matches("[^@]+:[^:@/]+(@sha256:[0-9a-f]{64})?")
                    .doesNotContain(":latest");
            assertThat(container.path("env").valueStream().map(variable -> variable.path("name")
                            .asString()))
                    .doesNotHaveDuplicates();
            assertThat(container.path("volumeMounts").valueStream().map(mount -> mount.path("mountPath")
                            .asString()))
                    .contains("/tmp")
                    .doesNotHaveDuplicates();
        });
    }

    /** What is mounted or read from exists, if it is the chart's own. */
    private static void checkReferences(Manifests manifests) {
        for (JsonNode pod : manifests.pods()) {
            assertThat(pod.at("/spec/volumes").valueStream().map(volume -> volume.path("name")
                            .asString()))
                    .doesNotHaveDuplicates()
                    .containsAll(pod.at("/spec/containers/0/volumeMounts")
                            .valueStream()
                            .map(mount -> mount.path("name").asString())
                            .toList());
        }
        String own = manifests.only("Deployment").at("/metadata/name").asString();
        for (JsonNode reference : manifests.pod().findValues("secretKeyRef")) {
            assertThat(reference.path("name").asString()).isNotEmpty();
            assertThat(reference.path("key").asString()).isNotEmpty();
            if (reference.path("name").asString().equals(own)) {
                assertThat(manifests.only("Secret").path("data").propertyNames())
                        .contains(reference.path("key").asString());
            }
        }
        assertThat(manifests.kind("Secret").stream().flatMap(secret -> secret.path("data").propertyNames().stream()))
                .as("secrets that nobody reads")
                .isSubsetOf(manifests.pod().findValues("secretKeyRef").stream()
                        .map(reference -> reference.path("key").asString())
                        .toList());
        List<String> configMaps = manifests.kind("ConfigMap").stream()
                .map(map -> map.at("/metadata/name").asString())
                .toList();
        assertThat(manifests.pod().at("/spec/volumes").valueStream().map(volume -> volume.at("/configMap/name")
                        .asString("")))
                .containsAll(configMaps);
        assertThat(manifests.kind("ServiceAccount")).allSatisfy(account -> assertThat(account.at("/metadata/name"))
                .isEqualTo(manifests.pod().at("/spec/serviceAccountName")));
    }

    /** All passwords in the tests' values have this in them. */
    private static void checkPasswords(Manifests manifests) {
        assertThat(manifests.all().stream()
                        .filter(manifest -> !manifest.path("kind").asString().equals("Secret")))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(manifest.toString()).doesNotContain("inline-secret"));
    }

    private static Stream<String> nulls(String path, JsonNode node) {
        if (node.isNull()) {
            return Stream.of(path);
        }
        return node.isObject()
                ? node.properties().stream().flatMap(entry -> nulls(path + "/" + entry.getKey(), entry.getValue()))
                : StreamSupport.stream(node.spliterator(), false).flatMap(element -> nulls(path + "/*", element));
    }

    private static Map<String, String> labels(JsonNode metadata) {
        return strings(metadata.path("labels"));
    }

    private static Map<String, String> strings(JsonNode object) {
        assertThat(object.isObject()).isTrue();
        return object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .asString()));
    }
}
