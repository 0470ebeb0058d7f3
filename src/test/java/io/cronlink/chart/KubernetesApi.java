package io.cronlink.chart;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types of Kubernetes' API, which refuse unknown fields, wrong types, and the lack of what is required. */
final class KubernetesApi {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 ConfigMap", V1ConfigMap.class,
            "v1 Pod", V1Pod.class,
            "v1 Secret", V1Secret.class,
            "v1 Service", V1Service.class,
            "v1 ServiceAccount", V1ServiceAccount.class,
            "apps/v1 Deployment", V1Deployment.class,
            "networking.k8s.io/v1 Ingress", V1Ingress.class,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class);

    private KubernetesApi() {}

    static Object read(JsonNode manifest) {
        String type = manifest.path("apiVersion").asString() + " "
                + manifest.path("kind").asString();
        Class<?> model = TYPES.get(type);
        if (model == null) {
            throw new IllegalArgumentException("unknown type " + type);
        }
        Object object = JSON.getGson().fromJson(manifest.toString(), model);
        List<String> lenient = notStrings(
                        "",
                        manifest,
                        JsonMapper.shared().readTree(JSON.getGson().toJson(object)))
                .toList();
        if (!lenient.isEmpty()) {
            throw new IllegalArgumentException("no strings: " + lenient);
        }
        return object;
    }

    /** Where a number or a boolean is that these types, other than Kubernetes, have silently made a string of. */
    private static Stream<String> notStrings(String path, JsonNode written, JsonNode read) {
        if (written.isObject()) {
            return written.properties().stream()
                    .flatMap(entry ->
                            notStrings(path + "/" + entry.getKey(), entry.getValue(), read.path(entry.getKey())));
        }
        if (written.isArray()) {
            return IntStream.range(0, written.size())
                    .boxed()
                    .flatMap(i -> notStrings(path + "/" + i, written.path(i), read.path(i)));
        }
        return read.isString() && !written.isString() ? Stream.of(path) : Stream.empty();
    }
}
