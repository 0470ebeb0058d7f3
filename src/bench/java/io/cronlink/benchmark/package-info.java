/** Cronlink and other schedulers for PostgreSQL side by side on one server, see README.md. */
@NullMarked
package io.cronlink.benchmark;

import org.jspecify.annotations.NullMarked;
