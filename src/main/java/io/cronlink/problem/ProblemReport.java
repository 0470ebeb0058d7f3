package io.cronlink.problem;

import java.io.IOException;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Tomcat's own words, in HTML, for what never gets as far as to Spring: a malformed request above all. */
public class ProblemReport extends ErrorReportValve {

    private static final int LOWEST = 400;

    /** Tomcat cannot do it at all and takes that for its own fault. */
    private static final String CONNECT = "CONNECT";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (CONNECT.equals(request.getMethod()) && response.getStatus() == HttpStatus.NOT_IMPLEMENTED.value()) {
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
        }
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null
                || status.value() < LOWEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            ProblemHeaders.addMissing(response);
            response.getReporter()
                    .write("{\"status\":" + status.value() + ",\"title\":\"" + status.getReasonPhrase() + "\"}");
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("The client did not wait for the answer", gone);
        }
    }

    @Component
    static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                Container host = context.getParent();
                if (host instanceof StandardHost standard) {
                    standard.setErrorReportValveClass(ProblemReport.class.getName());
                }
            });
        }
    }
}
