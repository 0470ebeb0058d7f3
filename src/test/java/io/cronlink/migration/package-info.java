@NullMarked
package io.cronlink.migration;

import org.jspecify.annotations.NullMarked;
