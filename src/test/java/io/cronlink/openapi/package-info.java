@NullMarked
package io.cronlink.openapi;

import org.jspecify.annotations.NullMarked;
