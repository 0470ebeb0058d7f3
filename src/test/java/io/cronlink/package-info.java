@NullMarked
package io.cronlink;

import org.jspecify.annotations.NullMarked;
