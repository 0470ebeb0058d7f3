@NullMarked
package io.cronlink.problem;

import org.jspecify.annotations.NullMarked;
