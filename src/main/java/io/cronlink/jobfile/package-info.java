/** Jobs as code: files of jobs are applied, checked, exported and imported, over REST, from a folder and on the command line. */
@NullMarked
package io.cronlink.jobfile;

import org.jspecify.annotations.NullMarked;
