@NullMarked
package io.cronlink.secret;

import org.jspecify.annotations.NullMarked;
