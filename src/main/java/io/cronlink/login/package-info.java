/** As whom jobs log in, here and elsewhere, over REST. No password comes back. */
@NullMarked
package io.cronlink.login;

import org.jspecify.annotations.NullMarked;
