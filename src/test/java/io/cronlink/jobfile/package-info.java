@NullMarked
package io.cronlink.jobfile;

import org.jspecify.annotations.NullMarked;
