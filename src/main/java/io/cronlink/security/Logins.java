package io.cronlink.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Log-ins with name and password. A password is hashed seldom, few at a time and not as often as somebody likes: hashing is
 * slow on purpose, and whoever has no login must not take the processors away from those who have one.
 */
@Component
class Logins extends DaoAuthenticationProvider {

    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final int WAITING = 50;
    private static final int WAITING_PER_ADDRESS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UserDetailsService users;
    private final FailedLogins failures;
    private final VerifiedLogins verified;
    private final Semaphore hashing = new Semaphore(AT_ONCE, true);
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    @Autowired
    Logins(Users users, LoginProperties properties) {
        this(users, properties, InstantSource.system());
    }

    Logins(Users users, LoginProperties properties, InstantSource clock) {
        this(new InMemoryUserDetailsManager(users.details()), users.passwords(), properties, clock);
    }

    private Logins(UserDetailsService users, Passwords passwords, LoginProperties properties, InstantSource clock) {
        super(users);
        setPasswordEncoder(passwords);
        this.users = users;
        failures = new FailedLogins(properties, clock);
        verified = new VerifiedLogins(properties.remember(), clock);
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String name = login.getName();
        Optional<UserDetails> user = find(name);
        if (user.isPresent() && isVerified(user.get(), login)) {
            return super.authenticate(login);
        }
        FailedLogins.Attempt attempt = new FailedLogins.Attempt(
                name,
                user.isPresent(),
                login.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "");
        failures.requireFew(attempt);
        wait(attempt);
        try {
            // Of many requests that come at once with the same password the first one has verified it by now.
            boolean known = user.isPresent() && isVerified(user.get(), login);
            if (!known) {
                failures.begin(attempt);
            }
            Authentication success = super.authenticate(login);
            if (!known) {
                failures.forgive(attempt);
            }
            return success;
        } catch (BadCredentialsException failure) {
            failures.fail(attempt);
            throw failure;
        } finally {
            hashing.release();
        }
    }

    @Override
    protected void additionalAuthenticationChecks(UserDetails user, UsernamePasswordAuthenticationToken login)
            throws AuthenticationException {
        if (!isVerified(user, login)) {
            super.additionalAuthenticationChecks(user, login);
            verified.add(user, String.valueOf(login.getCredentials()));
        }
    }

    private boolean isVerified(UserDetails user, Authentication login) {
        return verified.contains(user, String.valueOf(login.getCredentials()));
    }

    private Optional<UserDetails> find(String name) {
        try {
            return Optional.of(users.loadUserByUsername(name));
        } catch (UsernameNotFoundException unknown) {
            return Optional.empty();
        }
    }

    /** One address cannot fill the queue, or nobody else could log in meanwhile. */
    private void wait(FailedLogins.Attempt attempt) {
        String network = attempt.network();
        try {
            if (waiting.merge(network, 1, Integer::sum) <= WAITING_PER_ADDRESS
                    && hashing.getQueueLength() < WAITING
                    && hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
        }
        failures.tellOfCrowd(attempt);
        throw new RefusedLogin(HttpStatus.SERVICE_UNAVAILABLE, "Too many log-ins at once.", Duration.ofSeconds(1));
    }
}
