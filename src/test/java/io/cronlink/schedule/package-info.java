@NullMarked
package io.cronlink.schedule;

import org.jspecify.annotations.NullMarked;
