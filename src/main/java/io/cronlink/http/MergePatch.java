package io.cronlink.http;

/** The body of a change, as RFC 7396 says: what it does not name stays as it is. */
public final class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private MergePatch() {}
}
