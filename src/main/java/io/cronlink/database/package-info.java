/** Which database the service works on, embedded or given, and how it is brought up to date. */
@NullMarked
package io.cronlink.database;

import org.jspecify.annotations.NullMarked;
