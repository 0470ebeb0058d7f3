@NullMarked
package io.cronlink.fault;

import org.jspecify.annotations.NullMarked;
