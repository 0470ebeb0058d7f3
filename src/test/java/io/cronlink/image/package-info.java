/** The finished image beside a PostgreSQL container, as a user runs them: {@code mvn verify -Pimage}. */
@NullMarked
package io.cronlink.image;

import org.jspecify.annotations.NullMarked;
