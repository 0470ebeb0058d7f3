package io.cronlink.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.stereotype.Component;

/** What each answer tells a browser not to do with it. Data is never a page, so nothing in it is to be run, shown or framed. */
@Component
class SecurityHeaders implements HeaderWriter {

    private static final long YEAR_SECONDS = 31_536_000;
    private static final List<String> DATA = List.of("/api/", "/actuator", "/oauth2/", "/login/", "/error");
    private static final String NO_POWERS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final HeaderWriter ofData = new ContentSecurityPolicyHeaderWriter(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private final HeaderWriter ofPages;
    private final List<HeaderWriter> ofAll = List.of(
            new XContentTypeOptionsHeaderWriter(),
            new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
            new CacheControlHeadersWriter(),
            // Other hosts of the domain may speak plain HTTP.
            new HstsHeaderWriter(YEAR_SECONDS, false),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
            new PermissionsPolicyHeaderWriter(NO_POWERS),
            openedByNobody(),
            loadedByNobody());

    SecurityHeaders(PagePolicy pages) {
        ofPages = new ContentSecurityPolicyHeaderWriter(pages.directives());
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        HeaderWriter policy = DATA.stream().anyMatch(path::startsWith) ? ofData : ofPages;
        policy.writeHeaders(request, response);
        ofAll.forEach(writer -> writer.writeHeaders(request, response));
    }

    private static HeaderWriter openedByNobody() {
        CrossOriginOpenerPolicyHeaderWriter writer = new CrossOriginOpenerPolicyHeaderWriter();
        writer.setPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN);
        return writer;
    }

    private static HeaderWriter loadedByNobody() {
        CrossOriginResourcePolicyHeaderWriter writer = new CrossOriginResourcePolicyHeaderWriter();
        writer.setPolicy(CrossOriginResourcePolicy.SAME_ORIGIN);
        return writer;
    }
}
