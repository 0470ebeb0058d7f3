@NullMarked
package io.cronlink.run;

import org.jspecify.annotations.NullMarked;
