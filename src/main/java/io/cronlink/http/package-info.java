/** What the controllers of all features share: pages, versions of what is changed, filters for texts. */
@NullMarked
package io.cronlink.http;

import org.jspecify.annotations.NullMarked;
