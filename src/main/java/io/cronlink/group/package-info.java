/** Common groups of jobs, over REST. */
@NullMarked
package io.cronlink.group;

import org.jspecify.annotations.NullMarked;
