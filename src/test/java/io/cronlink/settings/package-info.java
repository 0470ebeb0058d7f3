@NullMarked
package io.cronlink.settings;

import org.jspecify.annotations.NullMarked;
