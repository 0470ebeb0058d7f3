package io.cronlink.jobfile;

import io.cronlink.jobfile.Script.Found;
import io.cronlink.jobfile.Script.LeftOut;
import io.cronlink.jobfile.SqlTokens.Kind;
import io.cronlink.jobfile.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A script for pg_cron: calls of cron.schedule and cron.schedule_in_database, whose arguments are constants. It is read and not
 * executed; what else it does is left out.
 */
final class PgCronScript {

    private static final List<String> NAMELESS = List.of("schedule", "command");
    private static final List<String> ALL = List.of("jobname", "schedule", "command", "database", "username", "active");
    private static final Map<String, String> PARAMETERS = Map.of("job_name", "jobname");

    private final List<Found> jobs = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private PgCronScript() {}

    static Script read(String text) {
        PgCronScript script = new PgCronScript();
        SqlTokens tokens = new SqlTokens(text);
        List<Token> statement = new ArrayList<>();
        for (Token token = tokens.next(); token != null; token = tokens.next()) {
            if (token.is(";")) {
                script.statement(statement);
                statement = new ArrayList<>();
            } else {
                statement.add(token);
            }
        }
        script.statement(statement);
        return new Script(script.jobs, script.leftOut);
    }

    private void statement(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        int line = tokens.get(0).line();
        try {
            jobs.add(new Found(line, new Reader(tokens).job()));
        } catch (IllegalArgumentException other) {
            leftOut.add(new LeftOut(
                    line,
                    tokens.stream().map(Token::text).collect(Collectors.joining(" ")),
                    String.valueOf(other.getMessage())));
        }
    }

    /** Reads one statement. */
    private static final class Reader {

        private final List<Token> tokens;
        private int at;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        private IllegalArgumentException other() {
            return new IllegalArgumentException(
                    "It is no SELECT cron.schedule(…) or cron.schedule_in_database(…) with constants as arguments.");
        }

        private Token next() {
            if (at == tokens.size()) {
                throw other();
            }
            return tokens.get(at++);
        }

        private boolean skip(String sign) {
            if (at < tokens.size() && tokens.get(at).is(sign)) {
                at++;
                return true;
            }
            return false;
        }

        ObjectNode job() {
            if (!next().isWord("select")) {
                throw other();
            }
            Token function = next();
            ObjectNode job;
            if (function.isWord("cron.alter_job") && skip("(")) {
                // As an export for pg_cron makes a job without a name.
                job = call(next());
                while (skip(",")) {
                    argument(job, "");
                }
                require(")");
            } else {
                job = call(function);
            }
            if (at < tokens.size()) {
                throw other();
            }
            return job;
        }

        private void require(String sign) {
            if (!skip(sign)) {
                throw other();
            }
        }

        private ObjectNode call(Token function) {
            boolean inDatabase = function.isWord("cron.schedule_in_database");
            if (!inDatabase && !function.isWord("cron.schedule")) {
                throw other();
            }
            require("(");
            ObjectNode given = JsonNodeFactory.instance.objectNode();
            int number = 0;
            do {
                argument(given, String.valueOf(number++));
            } while (skip(","));
            require(")");
            List<String> names = !inDatabase && number == 2 && !given.has("jobname") ? NAMELESS : ALL;
            ObjectNode job = JsonNodeFactory.instance.objectNode();
            given.properties()
                    .forEach(value -> job.set(
                            value.getKey().matches("\\d+")
                                    ? name(names, Integer.parseInt(value.getKey()))
                                    : value.getKey(),
                            value.getValue()));
            if (!job.has("schedule") || !job.has("command")) {
                throw other();
            }
            return job;
        }

        private String name(List<String> names, int number) {
            if (number >= names.size()) {
                throw other();
            }
            return names.get(number);
        }

        private void argument(ObjectNode into, String position) {
            String name = position;
            Token first = next();
            if (first.kind() == Kind.WORD && (skip("=>") || skip(":="))) {
                String parameter = first.text().toLowerCase(Locale.ROOT);
                name = PARAMETERS.getOrDefault(parameter, parameter);
                first = next();
            }
            if (name.isEmpty() || !name.matches("\\d+") && !ALL.contains(name)) {
                throw other();
            }
            JsonNode value = constant(first);
            if (skip("::")) {
                next();
            }
            if (!value.isNull()) {
                into.set(name, value);
            }
        }

        private JsonNode constant(Token token) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (token.kind() == Kind.TEXT) {
                return nodes.stringNode(token.text());
            }
            return switch (token.kind() == Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : "") {
                case "null" -> nodes.nullNode();
                case "true" -> nodes.booleanNode(true);
                case "false" -> nodes.booleanNode(false);
                default -> throw other();
            };
        }
    }
}
