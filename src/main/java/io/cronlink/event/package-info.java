/** What happens, told as it happens. */
@NullMarked
package io.cronlink.event;

import org.jspecify.annotations.NullMarked;
