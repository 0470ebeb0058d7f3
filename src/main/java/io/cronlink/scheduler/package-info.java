/** How the scheduler is, over REST. */
@NullMarked
package io.cronlink.scheduler;

import org.jspecify.annotations.NullMarked;
