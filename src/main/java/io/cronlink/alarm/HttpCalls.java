package io.cronlink.alarm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Calls addresses of the configuration: follows no redirect, reads no answer, waits no longer than it is told. */
final class HttpCalls {

    private final RestClient client;

    HttpCalls(Duration timeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build());
        requests.setReadTimeout(timeout);
        client = RestClient.builder()
                .requestFactory(requests)
                .defaultHeader(HttpHeaders.USER_AGENT, "cronlink")
                .build();
    }

    void call(HttpMethod method, URI address, HttpHeaders headers, byte[] body) throws NotDelivered {
        int status;
        try {
            RestClient.RequestBodySpec request =
                    client.method(method).uri(address).headers(all -> all.addAll(headers));
            status = (body.length == 0 ? request : request.body(body))
                    .exchangeForRequiredValue((sent, response) -> status(response));
        } catch (RestClientException | IllegalArgumentException failure) {
            throw NotDelivered.overHttp(failure);
        }
        if (status / 100 != 2) {
            throw new NotDelivered("the answer was HTTP " + status, null);
        }
    }

    /** It may go on for ever, and nobody needs it. */
    private static int status(ClientHttpResponse response) throws IOException {
        try (InputStream ignored = response.getBody()) {
            return response.getStatusCode().value();
        }
    }
}
