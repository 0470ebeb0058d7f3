package io.cronlink.jobfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call of psql as a shell reads it, if it does nothing but execute one text of SQL on the server itself. */
final class PsqlCall {

    private static final Pattern PSQL = Pattern.compile("(?:\\S*/)?psql(?=\\s|$).*");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

    /** Options without a value that make no difference to what is executed. */
    private static final String FLAGS = "XqAtxwWabeEnsS1";

    private static final Set<String> LONG_FLAGS = Set.of(
            "--no-psqlrc",
            "--quiet",
            "--no-align",
            "--tuples-only",
            "--no-password",
            "--password",
            "--echo-all",
            "--expanded",
            "--single-transaction");

    private final ObjectNode job = JsonNodeFactory.instance.objectNode();

    private PsqlCall() {}

    static boolean isOne(String command) {
        return PSQL.matcher(command).matches();
    }

    static ObjectNode read(String command) {
        if (!isOne(command)) {
            throw new IllegalArgumentException("It is a shell's command: a job runs SQL, such as that of psql -c.");
        }
        PsqlCall call = new PsqlCall();
        Deque<String> words = new ArrayDeque<>(words(command));
        words.pop();
        while (!words.isEmpty()) {
            call.take(words);
        }
        if (!call.job.has("command")) {
            throw new IllegalArgumentException("It has no SQL in it: psql -c 'SELECT …'.");
        }
        return call.job;
    }

    /** As cron and then a shell would make them. */
    private static List<String> words(String command) {
        String text = command.replace("\\%", "");
        if (text.contains("%")) {
            throw new IllegalArgumentException("What follows % is input for a command, which a job has none of.");
        }
        return new Shell(command.replace("\\%", "%")).words();
    }

    private void take(Deque<String> words) {
        String word = words.pop();
        if (word.startsWith("--")) {
            int sign = word.indexOf('=');
            if (LONG_FLAGS.contains(word)) {
                return;
            }
            set(sign < 0 ? word : word.substring(0, sign), sign < 0 ? value(word, words) : word.substring(sign + 1));
        } else if (word.startsWith("-") && word.length() > 1) {
            int at = 1;
            while (at < word.length() && FLAGS.indexOf(word.charAt(at)) >= 0) {
                at++;
            }
            if (at < word.length()) {
                String option = "-" + word.charAt(at);
                set(option, at + 1 < word.length() ? word.substring(at + 1) : value(option, words));
            }
        } else if (!job.has("database")) {
            database(word);
        } else {
            job.put("username", word);
        }
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("psql's option " + option + " has no value.");
        }
        return words.pop();
    }

    private void set(String option, String value) {
        switch (option) {
            case "-c", "--command" -> command(value);
            case "-d", "--dbname" -> database(value);
            case "-U", "--username" -> job.put("username", value);
            case "-h", "--host" -> {
                if (!LOCAL.contains(value) && !value.startsWith("/")) {
                    throw new IllegalArgumentException(
                            "It is for another host: see nodename, and the foreign server that it needs.");
                }
            }
            case "-p", "--port" ->
                throw new IllegalArgumentException(
                        "It names a port: say which server that is by nodename and nodeport, if it is another one.");
            case "-f", "--file" ->
                throw new IllegalArgumentException("Its SQL is in a file: put it into a file of jobs, as commandFile.");
            case "-v", "--set", "--variable" -> {
                if (!value.startsWith("ON_ERROR_STOP")) {
                    throw new IllegalArgumentException("It sets a variable of psql's, of which a job has none.");
                }
            }
            default -> throw new IllegalArgumentException("psql's option " + option + " means nothing to a job.");
        }
    }

    private void command(String sql) {
        if (job.has("command")) {
            throw new IllegalArgumentException(
                    "It has several commands, each a transaction of its own: make a job of each.");
        }
        if (sql.startsWith("\\")) {
            throw new IllegalArgumentException("It is a command of psql itself and no SQL.");
        }
        job.put("command", sql);
    }

    private void database(String name) {
        if (name.contains("=") || name.contains("://")) {
            throw new IllegalArgumentException("It connects by a whole address: say which database by its name.");
        }
        job.put("database", name);
    }
}
