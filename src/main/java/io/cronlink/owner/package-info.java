/** Who owns a job that names nobody, and whether commands may come over REST. */
@NullMarked
package io.cronlink.owner;

import org.jspecify.annotations.NullMarked;
