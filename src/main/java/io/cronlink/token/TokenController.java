package io.cronlink.token;

import io.cronlink.secret.BearerSecret;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {

    private static final Logger LOG = LoggerFactory.getLogger(TokenController.class);

    private final Tokens tokens;

    TokenController(Tokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    TokenList list() {
        return new TokenList(tokens.list());
    }

    @PostMapping
    ResponseEntity<CreatedToken> create(@RequestBody @Valid TokenRequest request, Principal user) {
        Instant expiry = request.expiry(Instant.now());
        BearerSecret secret = BearerSecret.create();
        Token token = tokens.create(request.name(), request.role(), expiry, user.getName(), secret);
        LOG.info(
                "{} has made token \"{}\" with role {}, good until {}.",
                user.getName(),
                token.name(),
                token.role(),
                token.expiresAt());
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + token.tokenid()))
                .body(new CreatedToken(token, secret.text()));
    }

    @GetMapping("/{token}")
    Token read(@PathVariable String token) {
        return tokens.find(token).orElseThrow(NoSuchToken::new);
    }

    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String token, Principal user) {
        Token revoked = tokens.revoke(token, user.getName()).orElseThrow(NoSuchToken::new);
        LOG.info("{} has revoked token \"{}\".", user.getName(), revoked.name());
    }
}
