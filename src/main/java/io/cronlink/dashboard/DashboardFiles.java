package io.cronlink.dashboard;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What the page loads. A library's address has its version in it, and what is there never changes; of ours a browser asks each time. */
@Configuration(proxyBeanMethods = false)
class DashboardFiles implements WebMvcConfigurer {

    private static final String LIBRARIES = "classpath:/META-INF/resources";
    private static final String OURS = "classpath:/static/dashboard/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (String folder : new String[] {"/_static/", "/webjars/"}) {
            registry.addResourceHandler(folder + "**")
                    .addResourceLocations(LIBRARIES + folder)
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                            .cachePublic()
                            .immutable());
        }
        registry.addResourceHandler("/dashboard/**").addResourceLocations(OURS).setCacheControl(CacheControl.noCache());
    }
}
