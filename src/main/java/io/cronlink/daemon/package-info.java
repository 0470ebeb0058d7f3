/** The session that keeps the database's scheduler running, and whether anybody does. */
@NullMarked
package io.cronlink.daemon;

import org.jspecify.annotations.NullMarked;
