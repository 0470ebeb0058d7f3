/** How the database is brought up to date. */
@NullMarked
package io.cronlink.migration;

import org.jspecify.annotations.NullMarked;
