package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class PasswordsTests {

    private static String hash(int strength, String password) {
        return "{bcrypt}" + new BCryptPasswordEncoder(strength).encode(password);
    }

    @Test
    void areHashedWithOneStrength() {
        Passwords passwords = Passwords.forAll(List.of("plain", "{noop}{odd", hash(4, "weak")));

        assertThat(passwords.hash("alice", "plain")).startsWith("{bcrypt}$2a$10$");
        assertThat(passwords.matches("plain", passwords.hash("alice", "plain"))).isTrue();
        assertThat(passwords.matches("{odd", passwords.hash("bob", "{noop}{odd")))
                .isTrue();
        assertThat(passwords.matches("weak", passwords.hash("carol", hash(4, "weak"))))
                .isTrue();
        assertThat(passwords.matches("wrong", passwords.hash("carol", hash(4, "weak"))))
                .isFalse();
    }

    @Test
    void areHashedAsStronglyAsTheStrongest() {
        Passwords passwords = Passwords.forAll(List.of("plain", hash(11, "strong")));

        assertThat(passwords.hash("alice", "plain")).startsWith("{bcrypt}$2a$11$");
    }

    /** The least of several, as anything may come between. */
    private static long nanos(Passwords passwords, String hash) {
        return LongStream.generate(() -> {
                    long begin = System.nanoTime();
                    passwords.matches("wrong", hash);
                    return System.nanoTime() - begin;
                })
                .limit(8)
                .min()
                .orElseThrow();
    }

    @Test
    void takeEquallyLongHoweverWeakTheyAre() {
        Passwords passwords = Passwords.forAll(List.of());
        long none = nanos(passwords, passwords.encode("nobody's"));

        assertThat(Duration.ofNanos(none)).isGreaterThan(Duration.ofMillis(10));
        assertThat(IntStream.rangeClosed(4, 10).mapToObj(strength -> hash(strength, "right")))
                .allSatisfy(hash ->
                        assertThat((double) nanos(passwords, hash) / none).isBetween(0.5, 2.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bcrypt}secret",
                "{bcrypt}$2a$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyz01234",
                "{bcrypt}$2a$03$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyz01234",
                "{MD5}secret",
                "{secret",
                "{noop}0123456789012345678901234567890123456789012345678901234567890123456789-secret",
                "0123456789012345678901234567890123456789012345678901234567890123456789-secret",
            })
    void areRefusedAtStartIfNobodyCouldLogInWithThem(String configured) {
        Passwords passwords = Passwords.forAll(List.of(configured));

        assertThatExceptionOfType(UnusablePassword.class)
                .isThrownBy(() -> passwords.hash("alice", configured))
                .withMessageContaining("\"alice\"")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret", "abcdef"));
    }
}
