/** What Prometheus is told of the scheduler. */
@NullMarked
package io.cronlink.metrics;

import org.jspecify.annotations.NullMarked;
