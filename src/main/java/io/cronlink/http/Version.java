package io.cronlink.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What is to be changed, as an entity tag of RFC 9110: a digest of what was set by somebody. What becomes of it by itself, such as
 * a job's next fire, is no part of it.
 */
public final class Version {

    private static final String ANY = "*";

    private Version() {}

    public static String tag(String digest) {
        return '"' + digest + '"';
    }

    /**
     * @param ifMatch the header of that name, which may list several; null: the client does not care
     * @throws ResponseStatusException 412 if it is another version by now
     */
    public static void require(@Nullable String ifMatch, String digest) {
        if (ifMatch != null && !ifMatch.strip().equals(ANY) && !lists(ifMatch, digest)) {
            throw new ResponseStatusException(
                    HttpStatus.PRECONDITION_FAILED, "It has been changed meanwhile: read it again.");
        }
    }

    private static boolean lists(String ifMatch, String digest) {
        for (String tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals(tag(digest))) {
                return true;
            }
        }
        return false;
    }
}
