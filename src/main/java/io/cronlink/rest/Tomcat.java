package io.cronlink.rest;

import org.apache.coyote.ContinueResponseTiming;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What no property of Spring Boot sets. */
@Component
class Tomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final RestProperties properties;

    Tomcat(RestProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(PatientProtocol.class.getName());
        factory.addEngineValves(new StrangerValve());
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof PatientProtocol protocol) {
                protocol.setHeaderTimeout(properties.headerTimeout());
                // Whoever is refused is not asked for the body first.
                protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
            }
        });
    }
}
