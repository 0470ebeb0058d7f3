/** Live events. */
@NullMarked
package io.cronlink.event;

import org.jspecify.annotations.NullMarked;
