/** Why a job did not run, and what its runs cost, over REST. */
@NullMarked
package io.cronlink.why;

import org.jspecify.annotations.NullMarked;
