/** The description of REST, over REST. */
@NullMarked
package io.cronlink.openapi;

import org.jspecify.annotations.NullMarked;
