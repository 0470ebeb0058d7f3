@NullMarked
package io.cronlink.alarm;

import org.jspecify.annotations.NullMarked;
