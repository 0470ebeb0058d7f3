package io.cronlink.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagePolicyTests {

    /** The example of the specification: https://www.w3.org/TR/CSP3/#external-hash. */
    @Test
    void takesTheHashFromThePage() {
        PagePolicy policy = PagePolicy.of("""
                <html><script src="app.js"></script><script type="importmap">alert('Hello, world.');</script>
                <script type="module" src='other.js'></script></html>
                """);

        assertThat(policy.directives())
                .contains("script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; ")
                .doesNotContain("unsafe");
    }

    @Test
    void allowsNoScriptInAPageWithoutOne() {
        assertThat(PagePolicy.of("<html></html>").directives()).contains("script-src 'self'; ");
    }
}
