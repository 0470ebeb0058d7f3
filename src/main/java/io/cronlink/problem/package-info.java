/** What went wrong, as RFC 9457 problems: the one place that knows SQLSTATEs. */
@NullMarked
package io.cronlink.problem;

import org.jspecify.annotations.NullMarked;
