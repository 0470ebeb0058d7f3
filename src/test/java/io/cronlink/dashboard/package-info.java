@NullMarked
package io.cronlink.dashboard;

import org.jspecify.annotations.NullMarked;
