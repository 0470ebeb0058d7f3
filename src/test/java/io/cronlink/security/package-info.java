@NullMarked
package io.cronlink.security;

import org.jspecify.annotations.NullMarked;
