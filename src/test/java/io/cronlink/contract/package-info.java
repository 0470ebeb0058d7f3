/** What holds for the project as a whole: its pages, its layers and rooms, who writes what. */
@NullMarked
package io.cronlink.contract;

import org.jspecify.annotations.NullMarked;
