package io.cronlink.secret;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

    @Bean
    DataFolder dataFolder(@Value("${cronlink.data}") Path path) {
        return new DataFolder(path);
    }
}
