package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cronlink.secret.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

@ExtendWith(OutputCaptureExtension.class)
class LoginsTests {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration REMEMBER = Duration.ofMinutes(5);
    private static final int MOST = 3;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2027-01-01T00:00:00Z"));
    private final Logins logins = logins(MOST);

    private Logins logins(int most) {
        return new Logins(
                new Users(
                        new SecurityProperties(
                                "admin", "secret", List.of(new SecurityProperties.User("rita", "other", Role.READER))),
                        new DataFolder(Path.of("nowhere"))),
                new LoginProperties(most, WINDOW, REMEMBER),
                now::get);
    }

    private Authentication login(String name, String password, String address) {
        return login(logins, name, password, address);
    }

    private static Authentication login(Logins logins, String name, String password, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        login.setDetails(new WebAuthenticationDetails(request));
        return logins.authenticate(login);
    }

    private void fail(int times, String name, String address) {
        IntStream.range(0, times).forEach(i -> assertThatExceptionOfType(BadCredentialsException.class)
                .isThrownBy(() -> login(name, "wrong" + i, address)));
    }

    private void requireRefused(String name, String password, String address) {
        assertThatExceptionOfType(RefusedLogin.class)
                .isThrownBy(() -> login(name, password, address))
                .satisfies(refusal -> {
                    assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
                    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("60");
                });
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static Duration time(Runnable work) {
        return Duration.ofNanos(LongStream.generate(() -> {
                    long begin = System.nanoTime();
                    work.run();
                    return System.nanoTime() - begin;
                })
                .limit(10)
                .min()
                .orElseThrow());
    }

    @Test
    void areRefusedAfterSomeFailures() {
        fail(MOST, "admin", "192.0.2.1");

        requireRefused("admin", "secret", "192.0.2.1");
        requireRefused("ADMIN", "secret", "192.0.2.1");
        assertThatCode(() -> login("rita", "other", "192.0.2.1")).doesNotThrowAnyException();
        pass(WINDOW);
        assertThatCode(() -> login("admin", "secret", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void areNotRefusedElsewhere() {
        fail(MOST, "admin", "192.0.2.1");

        assertThatCode(() -> login("admin", "secret", "192.0.2.2")).doesNotThrowAnyException();
    }

    @Test
    void areRefusedInTheWholeNetworkOfAnIpv6Address() {
        fail(MOST, "admin", "2001:db8:0:1::1");

        requireRefused("admin", "secret", "2001:db8:0:1:ffff::2");
        assertThatCode(() -> login("admin", "secret", "2001:db8:0:2::1")).doesNotThrowAnyException();
    }

    @Test
    void ofNamesThatNobodyHasAreRefusedLikeAnyOthers() {
        fail(MOST, "nobody", "192.0.2.1");

        requireRefused("nobody", "secret", "192.0.2.1");
    }

    @Test
    void areRefusedAfterManyNamesFromOneAddress() {
        IntStream.range(0, MOST * 10).forEach(i -> fail(1, "name " + i, "192.0.2.1"));

        requireRefused("rita", "other", "192.0.2.1");
        assertThatCode(() -> login("rita", "other", "192.0.2.2")).doesNotThrowAnyException();
    }

    @Test
    void thatAreRememberedAreNeverRefused() {
        login("admin", "secret", "192.0.2.1");
        fail(MOST, "admin", "192.0.2.1");

        assertThatCode(() -> login("admin", "secret", "192.0.2.1")).doesNotThrowAnyException();
        requireRefused("admin", "guess", "192.0.2.1");
    }

    @Test
    void startAnewWhenOneSucceeds() {
        fail(MOST - 1, "admin", "192.0.2.1");
        login("admin", "secret", "192.0.2.1");

        fail(MOST, "admin", "192.0.2.1");
    }

    @Test
    void costNothingWhileTheyAreRemembered() {
        login("admin", "secret", "192.0.2.1");

        assertThat(time(() -> login("admin", "secret", "192.0.2.1"))).isLessThan(Duration.ofMillis(2));
        assertThat(time(() -> {
                    pass(REMEMBER);
                    login("admin", "secret", "192.0.2.1");
                }))
                .isGreaterThan(Duration.ofMillis(10));
    }

    @Test
    void areNotRememberedForAnotherHash() {
        VerifiedLogins verified = new VerifiedLogins(REMEMBER, now::get);
        UserDetails user = User.withUsername("admin").password("hash").build();
        verified.add(user, "secret");

        assertThat(verified.contains(user, "secret")).isTrue();
        assertThat(verified.contains(user, "Secret")).isFalse();
        assertThat(verified.contains(User.withUsername("admi").password("hash").build(), "nsecret"))
                .isFalse();
        assertThat(verified.contains(
                        User.withUsername("admin").password("another hash").build(), "secret"))
                .isFalse();
        assertThat(verified.contains(user, "secret")).isFalse();
    }

    @Test
    void takeEquallyLongForNamesThatNobodyHas() {
        long known = time(() -> {
                    fail(1, "admin", "192.0.2.1");
                    pass(WINDOW);
                })
                .toNanos();
        long unknown = time(() -> {
                    fail(1, "nobody", "192.0.2.1");
                    pass(WINDOW);
                })
                .toNanos();

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    @Test
    void ofACrowdDoNotKeepOutWhoComesFromElsewhere() throws InterruptedException {
        Logins patient = logins(1_000_000);
        AtomicBoolean isOver = new AtomicBoolean();
        Set<Class<?>> outcomes = ConcurrentHashMap.newKeySet();
        List<Thread> crowd = IntStream.range(0, 100)
                .mapToObj(i -> new Thread(() -> {
                    while (!isOver.get()) {
                        try {
                            login(patient, "name " + i, "wrong", "192.0.2.1");
                        } catch (AuthenticationException refused) {
                            outcomes.add(refused.getClass());
                        }
                        LockSupport.parkNanos(1_000_000);
                    }
                }))
                .toList();
        crowd.forEach(Thread::start);
        await().until(() -> outcomes.contains(RefusedLogin.class) && outcomes.contains(BadCredentialsException.class));

        assertThatCode(() -> login(patient, "admin", "secret", "192.0.2.2")).doesNotThrowAnyException();
        assertThatCode(() -> login(patient, "rita", "other", "192.0.2.3")).doesNotThrowAnyException();

        isOver.set(true);
        for (Thread member : crowd) {
            member.join();
        }
    }

    @Test
    void areToldOncePerWindowWithoutASecretOrALineOfTheClients(CapturedOutput log) {
        fail(2, "my-password\n2027-01-01 ERROR", "192.0.2.1");
        fail(2, "another", "192.0.2.1");
        fail(MOST, "admin", "192.0.2.2\nERROR");

        assertThat(log.getOut().lines().filter(line -> line.contains("FailedLogins")))
                .hasSize(3)
                .anyMatch(line -> line.endsWith("A log-in as an unknown user from 192.0.2.1 failed."))
                .anyMatch(line -> line.endsWith("A log-in as \"admin\" from an unknown address failed."))
                .anyMatch(line -> line.endsWith(
                        "3 log-ins as \"admin\" from an unknown address failed. Further ones are refused for 60 s."));
        assertThat(log.getOut()).doesNotContain("my-password", "wrong", "ERROR");
    }
}
