package io.cronlink.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A page of a list, with a link to the next one as of RFC 8288. */
public final class NextPage {

    private NextPage() {}

    /**
     * @param parameter the query parameter that says where the next page begins
     * @param next its value; null at the end of the list
     */
    public static <T> ResponseEntity<T> after(T page, String parameter, @Nullable Object next) {
        if (next == null) {
            return ResponseEntity.ok(page);
        }
        // Without scheme and host, which a proxy may call otherwise.
        String url = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam(parameter, next)
                .scheme(null)
                .host(null)
                .port(null)
                .toUriString();
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<" + url + ">; rel=\"next\"")
                .body(page);
    }
}
