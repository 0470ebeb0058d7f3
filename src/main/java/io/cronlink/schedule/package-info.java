/** What a schedule means, over REST. */
@NullMarked
package io.cronlink.schedule;

import org.jspecify.annotations.NullMarked;
