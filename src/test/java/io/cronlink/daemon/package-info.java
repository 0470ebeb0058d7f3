@NullMarked
package io.cronlink.daemon;

import org.jspecify.annotations.NullMarked;
