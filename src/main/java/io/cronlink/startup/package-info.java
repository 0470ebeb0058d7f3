/** How a start fails, in one line with what to do about it, or is stopped while it waits. */
@NullMarked
package io.cronlink.startup;

import org.jspecify.annotations.NullMarked;
