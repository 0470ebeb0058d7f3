@NullMarked
package io.cronlink.rest;

import org.jspecify.annotations.NullMarked;
