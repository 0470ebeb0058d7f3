/** Who owns a job that names nobody. */
@NullMarked
package io.cronlink.owner;

import org.jspecify.annotations.NullMarked;
