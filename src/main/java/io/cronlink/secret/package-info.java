/** Secrets that the service makes for itself, kept in files that only its user can read. */
@NullMarked
package io.cronlink.secret;

import org.jspecify.annotations.NullMarked;
