@NullMarked
package io.cronlink.scheduler;

import org.jspecify.annotations.NullMarked;
