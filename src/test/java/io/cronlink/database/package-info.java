@NullMarked
package io.cronlink.database;

import org.jspecify.annotations.NullMarked;
