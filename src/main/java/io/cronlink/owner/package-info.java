/** Whose jobs are, where nobody says so. */
@NullMarked
package io.cronlink.owner;

import org.jspecify.annotations.NullMarked;
