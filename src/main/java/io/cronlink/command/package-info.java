/** A look at a command before it is scheduled, over REST. */
@NullMarked
package io.cronlink.command;

import org.jspecify.annotations.NullMarked;
