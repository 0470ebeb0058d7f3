/** What keeps REST open for everybody, however anybody calls. */
@NullMarked
package io.cronlink.rest;

import org.jspecify.annotations.NullMarked;
