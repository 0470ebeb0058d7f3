/** The page of the dashboard. All else of it lies in {@code static/dashboard}, and is a client of {@code /api/v1} as any other. */
@NullMarked
package io.cronlink.dashboard;

import org.jspecify.annotations.NullMarked;
