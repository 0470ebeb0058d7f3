/** How a start fails: in one line, with what to do about it; and how one ends that is waiting. */
@NullMarked
package io.cronlink.startup;

import org.jspecify.annotations.NullMarked;
