/** The guides in docs/install, run against servers set up like those they are for. */
@NullMarked
package io.cronlink.install;

import org.jspecify.annotations.NullMarked;
