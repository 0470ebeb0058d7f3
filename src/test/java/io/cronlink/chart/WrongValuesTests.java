package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongValuesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 1000, textBlock = """
            replicas: 3                                             | additional properties 'replicas' not allowed
            replicaCount: two                                       | at '/replicaCount': got string, want integer
            replicaCount: -1                                        | at '/replicaCount': minimum: got -1, want 0
            enabled: false                                          | at '/enabled': value must be true
            nameOverride: Cron_Link                                 | at '/nameOverride': 'Cron_Link' does not match pattern
            fullnameOverride: 1st                                   | at '/fullnameOverride': '1st' does not match pattern
            image: {repository: ""}                                 | image.repository is not set: build the image (see README.md) and say where it was pushed
            image: {tag: 1}                                         | at '/image/tag': got number, want string
            image: {tag: latest}                                    | image.tag is latest: name a version
            image: {tag: "a b"}                                     | at '/image/tag': 'a b' does not match pattern
            image: {digest: "0123"}                                 | at '/image/digest': '0123' does not match pattern
            image: {pullPolicy: Sometimes}                          | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
            imagePullSecrets: [registry]                            | at '/imagePullSecrets/0': got string, want object
            database: {host: ""}                                    | database.host is not set: set it, or name a secret
            database: {name: ""}                                    | database.name is not set
            database: {username: ""}                                | database.username is not set
            database: {password: ""}                                | database.password is not set
            database: {host: "postgres://db"}                       | at '/database/host': 'postgres://db' does not match pattern
            database: {port: "5432"}                                | at '/database/port': got string, want integer
            database: {port: 70000}                                 | at '/database/port': maximum: got 70,000, want 65,535
            database: {sslmode: verify}                             | at '/database/sslmode': value must be one of 'disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'
            database: {user: cronlink}                              | at '/database': additional properties 'user' not allowed
            database: {existingSecret: {name: pg-app}}              | database has both password and existingSecret.name
            database: {existingSecret: pg-app}                      | at '/database/existingSecret': got string, want object
            database: {existingSecret: {usernameKey: "a b"}}        | at '/database/existingSecret/usernameKey': 'a b' does not match pattern
            database: {rootCertificate: {configMap: a}}             | database.rootCertificate is not looked at with database.sslmode require: use verify-full
            database: {sslmode: verify-full, rootCertificate: {configMap: a, secret: b}} | database.rootCertificate has both configMap and secret
            database: {administrator: {username: postgres}}         | database.administrator.username has no password
            database: {administrator: {password: secret}}           | database.administrator.password has no username
            loopback: {sslmode: on}                                 | at '/loopback/sslmode': value must be one of
            loopback: {sslrootcert: ca.crt}                         | at '/loopback/sslrootcert': 'ca.crt' does not match pattern
            jobs: {username: reports}                               | jobs.username has no password: set jobs.password or jobs.existingSecret.name
            jobs: {password: secret}                                | jobs.password has no username: set jobs.username
            jobs: {username: a, password: b, existingSecret: {name: c}} | jobs has both password and existingSecret.name
            security: {username: ""}                                | security.username is empty
            security: {username: "a:b"}                             | at '/security/username': 'a:b' does not match pattern
            security: {existingSecret: {name: login}}               | security has both password and existingSecret.name
            security: {users: [{name: a, role: owner}]}             | at '/security/users/0/role': value must be one of 'metrics', 'reader', 'operator', 'admin'
            security: {users: [{name: a, password: b}]}             | at '/security/users/0': missing property 'role'
            security: {users: [{name: a, role: reader}]}            | security.users[0] (a) needs a password or an existingSecret, and not both
            metrics: {podMonitor: {enabled: true}}                  | metrics.podMonitor.enabled is true, but existingSecret.name is empty
            metrics: {podMonitor: {interval: 30}}                   | at '/metrics/podMonitor/interval': got number, want string
            config: {spring: {datasource: {password: secret}}}      | config has a password, and becomes a ConfigMap
            config: {cronlink.security.PASSWORD: secret}            | config has a password, and becomes a ConfigMap
            config: {cronlink: {security: {users: [{"password": a}]}}} | config has a password, and becomes a ConfigMap
            config: {spring: {mail: {host: a, api_token: secret}}}  | config has a password, and becomes a ConfigMap
            config: {some: {tokens: [{access-token: secret}]}}      | config has a password, and becomes a ConfigMap
            config: {some.url: "jdbc:x://y/z?user=a&password=b"}    | config has a password, and becomes a ConfigMap
            config: {some: {urls: ["jdbc:x://y/z?PASSWORD=b"]}}     | config has a password, and becomes a ConfigMap
            config: {server: {port: 9090}}                          | config has server.port: probes and Service would look for the pods where they no longer are
            config: {server.port: 9090}                             | config has server.port
            config: {SERVER: {Port: 9090}}                          | config has SERVER.Port
            config: {server: {address: 127.0.0.1}}                  | config has server.address
            config: {server: {ssl: {bundle: web}}}                  | config has server.ssl.bundle
            config: {server: {servlet: {context-path: /cron}}}      | config has server.servlet.context-path
            config: {server.servlet.contextPath: /cron}             | config has server.servlet.contextPath
            config: {management: {server: {port: 9091}}}            | config has management.server.port
            config: {management: {endpoints: {web: {base-path: /}}}} | config has management.endpoints.web.base-path
            config: {management.endpoints.web.path-mapping: {health: up}} | config has management.endpoints.web.path-mapping.health
            config: {spring: {mvc: {servlet: {path: /cron}}}}       | config has spring.mvc.servlet.path
            config: "cronlink.daemon.enabled=false"                 | at '/config': got string, want object
            extraEnv: {TZ: UTC}                                     | at '/extraEnv': got object, want array
            extraEnv: [{name: SPRING_DATASOURCE_URL, value: a}]     | extraEnv has SPRING_DATASOURCE_URL, which the chart sets from other values
            extraEnv: [{name: SERVER_PORT, value: "9090"}]          | extraEnv has SERVER_PORT: probes and Service would look for the pods where they no longer are
            extraEnv: [{name: SERVER_ADDRESS, value: "::1"}]        | extraEnv has SERVER_ADDRESS
            extraEnv: [{name: SERVER_SSL_BUNDLE, value: web}]       | extraEnv has SERVER_SSL_BUNDLE
            extraEnv: [{name: SERVER_SERVLET_CONTEXT_PATH, value: /a}] | extraEnv has SERVER_SERVLET_CONTEXT_PATH
            extraEnv: [{name: MANAGEMENT_SERVER_PORT, value: "1"}]  | extraEnv has MANAGEMENT_SERVER_PORT
            extraEnv: [{value: a}]                                  | at '/extraEnv/0': missing property 'name'
            service: {type: ExternalName}                           | at '/service/type': value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'
            service: {loadBalancerSourceRanges: [10.0.0.0/8]}       | service.loadBalancerSourceRanges is only for service.type LoadBalancer, which is ClusterIP
            service: {loadBalancerSourceRanges: [10.0.0.1]}         | at '/service/loadBalancerSourceRanges/0': '10.0.0.1' does not match pattern
            service: {port: http}                                   | at '/service/port': got string, want integer
            service: {annotations: {a: 1}}                          | at '/service/annotations/a': got number, want string
            ingress: {enabled: true}                                | ingress.enabled is true, but ingress.hosts is empty
            ingress: {enabled: "yes"}                               | at '/ingress/enabled': got string, want boolean
            ingress: {hosts: [{host: "https://a"}]}                 | at '/ingress/hosts/0/host': 'https://a' does not match pattern
            ingress: {hosts: [{host: a, paths: [{path: /, pathType: Regex}]}]} | at '/ingress/hosts/0/paths/0/pathType': value must be one of 'Prefix', 'Exact', 'ImplementationSpecific'
            ingress: {hosts: [{host: a, paths: [{path: /}]}]}       | at '/ingress/hosts/0/paths/0': missing property 'pathType'
            networkPolicy: {ingress: []}                            | at '/networkPolicy': additional properties 'ingress' not allowed
            podDisruptionBudget: {maxUnavailable: half}             | at '/podDisruptionBudget/maxUnavailable': 'half' does not match pattern
            tmp: {medium: Disk}                                     | at '/tmp/medium': value must be one of '', 'Memory'
            tmp: {sizeLimit: much}                                  | at '/tmp/sizeLimit': 'much' does not match pattern
            livenessProbe: {httpGet: {path: /}}                     | at '/livenessProbe': additional properties 'httpGet' not allowed
            readinessProbe: {periodSeconds: 0}                      | at '/readinessProbe/periodSeconds': minimum: got 0, want 1
            updateStrategy: {type: OnDelete}                        | at '/updateStrategy/type': value must be one of 'RollingUpdate', 'Recreate'
            updateStrategy: {rollingUpdate: {maxSurge: 200%}}       | at '/updateStrategy/rollingUpdate/maxSurge': '200%' does not match pattern
            podLabels: {team: 7}                                    | at '/podLabels/team': got number, want string
            podLabels: {app.kubernetes.io/name: cron}               | podLabels has app.kubernetes.io/name, by which the pods are found
            topologySpreadConstraints: [{maxSkew: 1}]               | at '/topologySpreadConstraints/0': missing properties 'topologyKey', 'whenUnsatisfiable'
            """)
    void areRefusedInWordsThatHelp(String values, String message) {
        assertThatThrownBy(() -> Chart.render(Chart.MINIMAL, values)).hasMessageContaining(message);
    }

    @Test
    void areToldAllAtOnce() {
        assertThatThrownBy(() -> Chart.renderAsIs()).satisfies(failure -> assertThat(failure.getMessage())
                .contains(
                        "image.repository",
                        "database.host",
                        "database.name",
                        "database.username",
                        "database.password"));
    }
}
