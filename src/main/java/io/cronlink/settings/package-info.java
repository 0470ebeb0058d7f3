/** The scheduler's settings over REST. */
@NullMarked
package io.cronlink.settings;

import org.jspecify.annotations.NullMarked;
