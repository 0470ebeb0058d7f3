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
import java.util.Map;
import tools.jackson.databind.JsonNode;

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
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class);

    private KubernetesApi() {}

    static Object read(JsonNode manifest) {
        String type = manifest.path("apiVersion").asString() + " "
                + manifest.path("kind").asString();
        Class<?> model = TYPES.get(type);
        if (model == null) {
            throw new IllegalArgumentException("unknown type " + type);
        }
        return JSON.getGson().fromJson(manifest.toString(), model);
    }
}
