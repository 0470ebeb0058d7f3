package io.cronlink.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.ResultHandler;

/** Every answer that any test of REST gets is held against openapi.yaml. */
@TestConfiguration(proxyBeanMethods = false)
public class AnswersAsDescribed {

    @Bean
    MockMvcBuilderCustomizer answersAsDescribed() {
        ResultHandler check = result -> {
            MockHttpServletRequest request = result.getRequest();
            MockHttpServletResponse response = result.getResponse();
            String path = String.valueOf(request.getRequestURI());
            if (path.startsWith("/api/") && !request.isAsyncStarted()) {
                assertThat(OpenApi.get()
                                .faults(
                                        String.valueOf(request.getMethod()),
                                        path,
                                        response.getStatus(),
                                        response.getContentType(),
                                        response.getContentAsString(StandardCharsets.UTF_8)))
                        .as("%s %s: %s", request.getMethod(), path, response.getStatus())
                        .isEmpty();
            }
        };
        return builder -> builder.alwaysDo(check);
    }
}
