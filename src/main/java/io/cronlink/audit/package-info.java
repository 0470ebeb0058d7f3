/** Who changed or ran what, over REST. */
@NullMarked
package io.cronlink.audit;

import org.jspecify.annotations.NullMarked;
