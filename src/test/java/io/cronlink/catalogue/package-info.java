@NullMarked
package io.cronlink.catalogue;

import org.jspecify.annotations.NullMarked;
