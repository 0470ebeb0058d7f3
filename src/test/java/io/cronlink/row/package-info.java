@NullMarked
package io.cronlink.row;

import org.jspecify.annotations.NullMarked;
