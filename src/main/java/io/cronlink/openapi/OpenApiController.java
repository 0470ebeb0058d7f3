package io.cronlink.openapi;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OpenApiController {

    @GetMapping("/api/v1/openapi.yaml")
    ResponseEntity<Resource> read() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(new ClassPathResource("openapi.yaml"));
    }
}
