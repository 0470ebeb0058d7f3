package io.cronlink.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whom the network policy lets the pods talk to, and be talked to by. */
class NetworkPolicyTests {

    private static final Policy CLOSED = policy("""
            database: {existingSecret: {name: pg-app}}
            networkPolicy: {enabled: true}
            """);

    private static final Policy NARROW = policy("""
            database: {port: 6432, existingSecret: {name: pg-app}}
            networkPolicy:
              enabled: true
              ingressFrom: [{namespaceSelector: {matchLabels: {name: ingress}}}]
              databaseTo: [{ipBlock: {cidr: 10.0.0.5/32}}]
              dnsTo: [{namespaceSelector: {matchLabels: {name: dns}}, podSelector: {matchLabels: {app: dns}}}]
              extraEgress: [{ports: [{port: 4318}], to: [{podSelector: {matchLabels: {app: traces}}}]}]
            """);

    private static final Peer STRANGER = new Peer("203.0.113.1", Map.of(), Map.of());
    private static final Map<String, Peer> PEERS = Map.of(
            "stranger", STRANGER,
            "ingress", new Peer("10.1.0.1", Map.of("name", "ingress"), Map.of("app", "nginx")),
            "database", new Peer("10.0.0.5", Map.of(), Map.of()),
            "dns", new Peer("10.1.0.2", Map.of("name", "dns"), Map.of("app", "dns")),
            "neighbour of dns", new Peer("10.1.0.3", Map.of("name", "dns"), Map.of("app", "other")),
            "traces", new Peer("10.1.0.4", Peer.SAME_NAMESPACE, Map.of("app", "traces")),
            "neighbour", new Peer("10.1.0.5", Peer.SAME_NAMESPACE, Map.of("app", "other")));

    static Stream<Peer> peers() {
        return PEERS.values().stream();
    }

    private static Policy policy(String values) {
        return new Policy(Chart.render(values));
    }

    /** A pod or a host, as a policy sees it. */
    private record Peer(String address, Map<String, String> namespace, Map<String, String> labels) {

        static final Map<String, String> SAME_NAMESPACE = Map.of("kubernetes.io/metadata.name", Chart.NAMESPACE);

        static Peer of(JsonNode pod) {
            return new Peer("10.1.0.9", SAME_NAMESPACE, strings(pod.at("/metadata/labels")));
        }

        /** Of the parts of a peer that a policy can have: those that the tests use. */
        boolean is(JsonNode peer) {
            assertThat(peer.propertyNames()).isNotEmpty().isSubsetOf("ipBlock", "namespaceSelector", "podSelector");
            if (peer.has("ipBlock")) {
                return peer.at("/ipBlock/cidr").asString().equals(address + "/32");
            }
            return (peer.has("namespaceSelector")
                            ? selects(peer.path("namespaceSelector"), namespace)
                            : namespace.equals(SAME_NAMESPACE))
                    && selects(peer.path("podSelector"), labels);
        }

        private static boolean selects(JsonNode selector, Map<String, String> labels) {
            assertThat(selector.propertyNames()).isSubsetOf("matchLabels");
            return labels.entrySet()
                    .containsAll(strings(selector.path("matchLabels")).entrySet());
        }

        private static Map<String, String> strings(JsonNode object) {
            return object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                    .asString()));
        }
    }

    /** As Kubernetes evaluates it: what is of one of its types, and fits none of its rules, is denied. */
    private record Policy(Manifests manifests) {

        boolean lets(String direction, Peer peer, int port, String protocol) {
            JsonNode spec = manifests.only("NetworkPolicy").path("spec");
            boolean ingress = direction.equals("in");
            assertThat(spec.path("policyTypes").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(Peer.selects(
                            spec.path("podSelector"), Peer.of(manifests.pod()).labels()))
                    .isTrue();
            return spec.path(ingress ? "ingress" : "egress")
                    .valueStream()
                    .anyMatch(rule -> any(rule.path("ports"), candidate -> isPort(candidate, port, protocol))
                            && any(rule.path(ingress ? "from" : "to"), peer::is));
        }

        /** An empty list, or none, stands for everything. */
        private static boolean any(JsonNode list, Predicate<JsonNode> predicate) {
            return list.isEmpty() || list.valueStream().anyMatch(predicate);
        }

        private boolean isPort(JsonNode candidate, int port, String protocol) {
            assertThat(candidate.propertyNames()).isSubsetOf("port", "protocol");
            return candidate.path("protocol").asString("TCP").equals(protocol)
                    && (!candidate.has("port") || number(candidate.path("port")) == port);
        }

        private int number(JsonNode port) {
            if (port.isInt()) {
                return port.asInt();
            }
            List<JsonNode> named = manifests
                    .container()
                    .path("ports")
                    .valueStream()
                    .filter(candidate -> candidate.path("name").equals(port))
                    .toList();
            assertThat(named).hasSize(1);
            return named.get(0).path("containerPort").asInt();
        }
    }

    /** OpenShift's DNS listens on 5353, and a policy sees the port of its pods, not that of their Service. */
    @ParameterizedTest
    @CsvSource({"53, UDP", "53, TCP", "5353, UDP", "5353, TCP"})
    void letsThePodsAskDns(int port, String protocol) {
        assertThat(CLOSED.lets("out", STRANGER, port, protocol)).isTrue();
        assertThat(peers().filter(peer -> NARROW.lets("out", peer, port, protocol)))
                .containsExactly(PEERS.get("dns"));
    }

    @Test
    void letsThePodsTalkToTheDatabase() {
        assertThat(CLOSED.lets("out", STRANGER, 5432, "TCP")).isTrue();
        assertThat(peers().filter(peer -> NARROW.lets("out", peer, 6432, "TCP")))
                .containsExactly(PEERS.get("database"));
    }

    @Test
    void letsThePodsTalkToWhomTheValuesName() {
        assertThat(peers().filter(peer -> NARROW.lets("out", peer, 4318, "TCP")))
                .containsExactly(PEERS.get("traces"));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void deniesThePodsEverythingElse(Peer peer) {
        for (int port : new int[] {22, 80, 443, 5432, 6443, 8080}) {
            assertThat(CLOSED.lets("out", peer, port, "TCP")).isEqualTo(port == 5432);
            assertThat(NARROW.lets("out", peer, port, "TCP")).isFalse();
        }
        for (int port : new int[] {123, 443, 5432, 6432, 4318}) {
            assertThat(CLOSED.lets("out", peer, port, "UDP")).isFalse();
            assertThat(NARROW.lets("out", peer, port, "UDP")).isFalse();
        }
    }

    @Test
    void letsTheTestUseRest() {
        assertThat(List.of(CLOSED, NARROW))
                .allMatch(policy -> policy.lets("in", Peer.of(policy.manifests().testPod()), 8080, "TCP"));
    }

    @Test
    void letsWhomTheValuesNameUseRest() {
        assertThat(peers().filter(peer -> CLOSED.lets("in", peer, 8080, "TCP"))).isEmpty();
        assertThat(peers().filter(peer -> NARROW.lets("in", peer, 8080, "TCP"))).containsExactly(PEERS.get("ingress"));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void deniesEverybodyEverythingElse(Peer peer) {
        for (int port : new int[] {22, 80, 5432, 5005, 9010}) {
            assertThat(NARROW.lets("in", peer, port, "TCP")).isFalse();
        }
        assertThat(NARROW.lets("in", peer, 8080, "UDP")).isFalse();
    }
}
