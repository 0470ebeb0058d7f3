@NullMarked
package io.cronlink.token;

import org.jspecify.annotations.NullMarked;
