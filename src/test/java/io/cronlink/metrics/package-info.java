/** Metrics, and what is made of them. */
@NullMarked
package io.cronlink.metrics;

import org.jspecify.annotations.NullMarked;
