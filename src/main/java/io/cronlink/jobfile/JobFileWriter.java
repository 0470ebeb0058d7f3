package io.cronlink.jobfile;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs as a file that says the same, for people: what is plain without quotes, SQL of several lines as a block. The library's
 * own writer makes blocks that its reader reads otherwise, of a command that begins with a line break for one.
 */
final class JobFileWriter {

    /** Words, with single spaces between them, that are no number and no sign to YAML. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w/.()+-]*(?: [\\w/.()+=]+)*");

    private static final Pattern KEYWORD =
            Pattern.compile("true|false|null|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

    private static final String LINE_OF_JOB = "    ";
    private static final String LINE_OF_BLOCK = "      ";

    private JobFileWriter() {}

    static String yaml(List<ObjectNode> jobs) {
        StringBuilder file = new StringBuilder("version: 1\njobs:").append(jobs.isEmpty() ? " []\n" : "\n");
        for (ObjectNode job : jobs) {
            String begin = "  - ";
            for (RecordComponent property : JobEntry.class.getRecordComponents()) {
                if (job.has(property.getName())) {
                    file.append(begin)
                            .append(property.getName())
                            .append(": ")
                            .append(value(job.get(property.getName())))
                            .append('\n');
                    begin = LINE_OF_JOB;
                }
            }
        }
        return file.toString();
    }

    private static String value(JsonNode value) {
        if (!value.isString()) {
            return value.toString();
        }
        String text = value.asString();
        if (PLAIN.matcher(text).matches() && !KEYWORD.matcher(text).matches()) {
            return text;
        }
        return isBlock(text) ? block(text) : quoted(text);
    }

    /** Only where nothing of it could be lost: neither at its begin nor at its end. */
    private static boolean isBlock(String text) {
        return text.indexOf('\n') > 0
                && !Character.isWhitespace(text.charAt(0))
                && !text.endsWith("\n\n")
                && text.lines().noneMatch(line -> line.isBlank() && !line.isEmpty())
                && text.codePoints().allMatch(point -> point == '\n' || point == '\t' || isPrintable(point));
    }

    private static String block(String text) {
        StringBuilder block = new StringBuilder(text.endsWith("\n") ? "|" : "|-");
        text.lines().forEach(line -> block.append('\n').append(line.isEmpty() ? "" : LINE_OF_BLOCK + line));
        return block.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPrintable(point)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append((point >> Character.SIZE == 0 ? "\\u%04x" : "\\U%08x").formatted(point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
