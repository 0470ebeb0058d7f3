package io.cronlink.chart;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of the Prometheus operator's API, which is none of Kubernetes' own, what the chart uses. */
record PodMonitor(String apiVersion, String kind, V1ObjectMeta metadata, Spec spec) {

    record Spec(V1LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

    record Endpoint(
            String port,
            String path,
            String interval,
            @Nullable BasicAuth basicAuth) {}

    record BasicAuth(V1SecretKeySelector username, V1SecretKeySelector password) {}
}
