/** The Helm chart, rendered without a cluster. */
@NullMarked
package io.cronlink.chart;

import org.jspecify.annotations.NullMarked;
