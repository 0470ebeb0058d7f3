/** Where the database is, and how one connects to it. */
@NullMarked
package io.cronlink.database;

import org.jspecify.annotations.NullMarked;
