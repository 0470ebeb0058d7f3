/** What was and what will be, by time, over REST. */
@NullMarked
package io.cronlink.timeline;

import org.jspecify.annotations.NullMarked;
