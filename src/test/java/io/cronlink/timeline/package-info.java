@NullMarked
package io.cronlink.timeline;

import org.jspecify.annotations.NullMarked;
