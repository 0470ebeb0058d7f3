package io.cronlink.jobfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A simple command as a shell splits it into words. What only a shell can do is refused. */
final class Shell {

    /** Where the output goes: a job's is in the history. */
    private static final Pattern REDIRECTION =
            Pattern.compile("(?:[12]?>>?\\s*(?:&[12]|[\\w./-]+)|&>\\s*[\\w./-]+)(?=\\s|$)");

    private static final String OPERATORS = "|&;<>()`$";
    private static final String ESCAPABLE = "$`\"\\";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private @Nullable StringBuilder word;
    private int at;

    Shell(String text) {
        this.text = text;
    }

    List<String> words() {
        Matcher redirection = REDIRECTION.matcher(text);
        while (at < text.length()) {
            char next = text.charAt(at);
            if (Character.isWhitespace(next)) {
                end();
                at++;
            } else if (word == null && redirection.region(at, text.length()).lookingAt()) {
                at = redirection.end();
            } else if (word == null && next == '#') {
                break;
            } else {
                take(next);
            }
        }
        end();
        return words;
    }

    private void end() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }

    private void take(char next) {
        StringBuilder into = word == null ? new StringBuilder() : word;
        word = into;
        at++;
        switch (next) {
            case '\'' -> {
                int close = text.indexOf('\'', at);
                if (close < 0) {
                    throw new IllegalArgumentException("A quotation mark is not closed.");
                }
                into.append(text, at, close);
                at = close + 1;
            }
            case '"' -> quoted(into);
            case '\\' -> {
                if (at < text.length()) {
                    into.append(text.charAt(at++));
                }
            }
            default -> {
                if (OPERATORS.indexOf(next) >= 0) {
                    throw new IllegalArgumentException("It needs a shell: it is more than one call of psql.");
                }
                into.append(next);
            }
        }
    }

    private void quoted(StringBuilder into) {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return;
            }
            if (next == '$' || next == '`') {
                throw new IllegalArgumentException("It needs a shell: $ and ` stand for something else.");
            }
            boolean isEscape = next == '\\' && at < text.length() && ESCAPABLE.indexOf(text.charAt(at)) >= 0;
            into.append(isEscape ? text.charAt(at++) : next);
        }
        throw new IllegalArgumentException("A quotation mark is not closed.");
    }
}
