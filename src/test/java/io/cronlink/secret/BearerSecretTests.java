package io.cronlink.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerSecretTests {

    @Test
    void isReadAsItIsWritten() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            BearerSecret secret = BearerSecret.create();
            assertThat(secret.text()).matches("cronlink_[0-9A-Za-z]{49}");
            assertThat(BearerSecret.parse(secret.text())).contains(secret);
            assertThat(secret.hash()).hasSize(32);
            seen.add(secret.text());
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void tellsWhatWasMistyped() {
        String text = BearerSecret.create().text();
        IntStream.range(0, text.length()).forEach(i -> {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(BearerSecret.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .isEmpty();
        });
        assertThat(BearerSecret.parse(text + "0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cronlink_", "cronlink", "\u0000", "eyJhbGciOiJub25lIn0.e30."})
    void isNothingElse(String text) {
        assertThat(BearerSecret.parse(text)).isEmpty();
    }

    @Test
    void isNotInItsText() {
        BearerSecret secret = BearerSecret.create();

        assertThat(secret.toString()).doesNotContain(secret.text());
    }

    @Test
    void signsAsNoOtherDoes() {
        BearerSecret secret = BearerSecret.create();

        assertThat(secret.sign("csrf")).hasSize(32).isEqualTo(secret.sign("csrf"));
        assertThat(secret.sign("csrf")).isNotEqualTo(secret.sign("password"));
        assertThat(secret.sign("csrf")).isNotEqualTo(BearerSecret.create().sign("csrf"));
    }
}
