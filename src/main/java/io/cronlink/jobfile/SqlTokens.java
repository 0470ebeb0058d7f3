package io.cronlink.jobfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words, texts and signs of an SQL script, as far as a call with constants needs them. */
final class SqlTokens {

    private static final Pattern BLANK = Pattern.compile("\\s+|--[^\\n]*+|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][\\w.]*+");
    private static final Pattern TAG = Pattern.compile("\\$(?:[A-Za-z_]\\w*+)?\\$");
    private static final Pattern SIGN = Pattern.compile("=>|:=|::|.", Pattern.DOTALL);

    private final String text;
    private int at;
    private int line = 1;

    SqlTokens(String text) {
        this.text = text;
    }

    enum Kind {
        TEXT,
        WORD,
        SIGN
    }

    /**
     * A token.
     *
     * @param text as it is meant, without quotation marks
     */
    record Token(Kind kind, String text, int line) {

        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    /** Null at the end. */
    @Nullable
    Token next() {
        while (at < text.length()) {
            Matcher blank = at(BLANK);
            if (!blank.lookingAt()) {
                return token();
            }
            moveTo(blank.end());
        }
        return null;
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private void moveTo(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }

    private Token token() {
        char first = text.charAt(at);
        if (first == '\'') {
            return quoted(at + 1, false);
        }
        if ((first == 'E' || first == 'e') && text.startsWith("'", at + 1)) {
            return quoted(at + 2, true);
        }
        Matcher tag = at(TAG);
        if (tag.lookingAt()) {
            int close = text.indexOf(tag.group(), tag.end());
            if (close >= 0) {
                return found(
                        Kind.TEXT,
                        text.substring(tag.end(), close),
                        close + tag.group().length());
            }
        }
        Matcher word = at(WORD);
        if (word.lookingAt()) {
            return found(Kind.WORD, word.group(), word.end());
        }
        Matcher sign = at(SIGN);
        return sign.lookingAt() ? found(Kind.SIGN, sign.group(), sign.end()) : found(Kind.SIGN, "", text.length());
    }

    private Token found(Kind kind, String meant, int end) {
        Token token = new Token(kind, meant, line);
        moveTo(end);
        return token;
    }

    /** What is not closed, or has a character by its number, is no constant that could be taken over. */
    private Token quoted(int begin, boolean escapes) {
        StringBuilder meant = new StringBuilder();
        boolean isRead = true;
        int end = begin;
        while (end < text.length()) {
            char next = text.charAt(end++);
            boolean isMore = end < text.length();
            if (next == '\'' && !(isMore && text.charAt(end) == '\'')) {
                return found(isRead ? Kind.TEXT : Kind.SIGN, meant.toString(), end);
            }
            if (next == '\'') {
                end++;
                meant.append('\'');
            } else if (escapes && next == '\\' && isMore) {
                char escaped = text.charAt(end++);
                isRead &= "01234567xuU".indexOf(escaped) < 0;
                meant.append(unescaped(escaped));
            } else {
                meant.append(next);
            }
        }
        return found(Kind.SIGN, meant.toString(), end);
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }
}
