package io.cronlink.rest;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * A stranger gets one answer per connection: it fits into the socket, so that no thread waits for somebody to read it. And
 * what of a body was not read until the answer is there is not waited for, as Tomcat would to be able to go on with the connection.
 */
class StrangerValve extends ValveBase {

    /** A request's attribute: what closes its connection at once, whatever of its answer has not been taken yet. */
    private static final String ABORT = "io.cronlink.rest.abort";

    StrangerValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // Until the door takes it away again.
        response.setHeader(HttpHeaders.CONNECTION, "close");
        request.setAttribute(ABORT, (Runnable) () -> request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null));
        getNext().invoke(request, response);
        AtomicBoolean isRead = new AtomicBoolean();
        request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, isRead);
        if (!isRead.get() && !request.isAsync()) {
            // An answer that is not finished would become one with status 500.
            response.finishResponse();
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
