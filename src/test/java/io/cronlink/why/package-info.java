@NullMarked
package io.cronlink.why;

import org.jspecify.annotations.NullMarked;
