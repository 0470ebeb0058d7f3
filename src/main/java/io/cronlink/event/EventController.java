package io.cronlink.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class EventController {

    /** Set by the server, whose connection it closes. */
    private static final String ABORT = "io.cronlink.rest.abort";

    private final EventFeed feed;

    EventController(EventFeed feed) {
        this.feed = feed;
    }

    /** Written to as something happens, by no thread of its own: hence not by a return value. */
    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @RequestParam @Nullable Long jobid,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Principal user,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<Position> position = Optional.ofNullable(lastEventId).map(EventController::position);
        Runnable place = feed.takePlace(user.getName());
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Nginx would keep it until there is more.
            response.setHeader("X-Accel-Buffering", "no");
            AsyncContext context = request.startAsync();
            feed.begin(new EventStream(context, abort(request), jobid, position.orElse(null), ended -> {
                feed.remove(ended);
                place.run();
            }));
        } catch (IOException | RuntimeException failure) {
            place.run();
            throw failure;
        }
    }

    private static Runnable abort(HttpServletRequest request) {
        return request.getAttribute(ABORT) instanceof Runnable abort ? abort : () -> {};
    }

    private static Position position(String lastEventId) {
        return Position.parse(lastEventId)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "Last-Event-ID is not an id of an event of this service."));
    }
}
