package io.cronlink.http;

/** Patterns for ILIKE, which compares without regard to case, from what people type. */
public final class TextFilter {

    private TextFilter() {}

    /** Where {@code *} stands for any characters; a name has to match as a whole. */
    public static String pattern(String typed) {
        return escape(typed).replace('*', '%');
    }

    /** What is typed, wherever it stands in the text. */
    public static String contains(String typed) {
        return '%' + escape(typed) + '%';
    }

    private static String escape(String typed) {
        return typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
