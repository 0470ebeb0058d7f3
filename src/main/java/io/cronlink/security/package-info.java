/** Who may do what over HTTP. */
@NullMarked
package io.cronlink.security;

import org.jspecify.annotations.NullMarked;
