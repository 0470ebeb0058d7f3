/** Tokens for programs: made, listed and revoked. Whoever shows one is let in by {@code security}. */
@NullMarked
package io.cronlink.token;

import org.jspecify.annotations.NullMarked;
