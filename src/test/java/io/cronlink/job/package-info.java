@NullMarked
package io.cronlink.job;

import org.jspecify.annotations.NullMarked;
