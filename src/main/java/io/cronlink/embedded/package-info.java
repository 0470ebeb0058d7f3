/** The server that comes with the service: unpacked, created, started, watched and stopped. */
@NullMarked
package io.cronlink.embedded;

import org.jspecify.annotations.NullMarked;
