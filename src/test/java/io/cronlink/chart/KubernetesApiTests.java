package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesApiTests {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: some}
            spec:
              replicas: 1
              selector: {matchLabels: {app: some}}
              template:
                metadata: {labels: {app: some}}
                spec:
                  containers:
                    - name: some
                      resources: {limits: {memory: 1Mi}}
                      env: [{name: SOME, value: "1"}]
            """;

    @Test
    void acceptsADeployment() {
        assertThatCode(() -> KubernetesApi.read(Manifests.parse(DEPLOYMENT))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 1             | replica: 1              | replica
            replicas: 1             | replicas: some          | some
            memory: 1Mi             | memory: some            | quantity
            - name: some            | - image: some           | name
            'value: "1"'            | value: [1]              | value
            selector:               | selectors:              | selectors
            apps/v1                 | apps/v2                 | apps/v2 Deployment
            {labels: {app: some}}   | {labels: {app: [some]}} | BEGIN_ARRAY
            {labels: {app: some}}   | {labels: {app: 1}}      | /spec/template/metadata/labels/app
            metadata: {name: some}  | metadata: {name: 1}     | /metadata/name
            - name: some            | - name: true            | /spec/template/spec/containers/0/name
            'value: "1"'            | value: 1                | /spec/template/spec/containers/0/env/0/value
            """)
    void refusesWhatKubernetesWould(String right, String wrong, String message) {
        String deployment = DEPLOYMENT.replace(right, wrong);

        assertThatThrownBy(() -> KubernetesApi.read(Manifests.parse(deployment)))
                .hasMessageContaining(message);
    }
}
