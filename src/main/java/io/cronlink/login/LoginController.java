package io.cronlink.login;

import io.cronlink.http.NextPage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1")
class LoginController {

    private final RoleLogins logins;

    LoginController(RoleLogins logins) {
        this.logins = logins;
    }

    @GetMapping("/logins")
    ResponseEntity<LoginPage> list(
            @RequestParam @Nullable String after, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        List<Login> page = logins.list(after, limit);
        String next = page.size() < limit ? null : page.get(limit - 1).username();
        return NextPage.after(new LoginPage(page, next), "after", next);
    }

    @GetMapping("/logins/{username}")
    Login read(@PathVariable String username) {
        return logins.find(username).orElseThrow(() -> noSuchLogin(username));
    }

    /** The database logs in at once, to see whether that will do. */
    @PutMapping("/logins/{username}")
    Login add(@PathVariable String username, @RequestBody LoginRequest request) {
        logins.add(username, request.password(), request.via());
        return read(username);
    }

    @DeleteMapping("/logins/{username}")
    ResponseEntity<Void> delete(@PathVariable String username) {
        if (!logins.remove(username)) {
            throw noSuchLogin(username);
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/servers")
    ServerList servers() {
        return new ServerList(logins.servers());
    }

    private static ResponseStatusException noSuchLogin(String username) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "No login of a role " + username + " is registered.");
    }

    /**
     * @param logins in order of the roles' names
     * @param next to be given as {@code after} to get those that follow; null at the end
     */
    record LoginPage(List<Login> logins, @Nullable String next) {}

    record ServerList(List<ForeignServer> servers) {}

    /**
     * One of the two.
     *
     * @param password of the role itself
     * @param via another registered role that logs in for it
     */
    record LoginRequest(@Nullable String password, @Nullable String via) {

        /** The password must not reach a log by way of a record's text. */
        @Override
        public String toString() {
            return "LoginRequest[via=" + via + "]";
        }
    }
}
