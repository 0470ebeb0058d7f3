/** JSON objects to rows and back: the names are those of the SQL columns, in camel case. */
@NullMarked
package io.cronlink.row;

import org.jspecify.annotations.NullMarked;
