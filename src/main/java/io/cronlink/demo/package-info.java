/** Something to look at: jobs of every kind in an empty database, see {@code demo.sql}. */
@NullMarked
package io.cronlink.demo;

import org.jspecify.annotations.NullMarked;
