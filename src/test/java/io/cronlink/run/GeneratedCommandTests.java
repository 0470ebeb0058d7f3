package io.cronlink.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import io.cronlink.run.EngineSession.Outcome;
import io.cronlink.run.WireSession.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random commands: what each does when it is sent as psql sends it, and what the server says of it, is what it does and what is
 * recorded of it in a transaction and at top level. {@code -Dcommands.seed=…} makes others, {@code -Dcommands.count=…} more.
 */
@Tag("engine")
@CronlinkDatabase
class GeneratedCommandTests {

    private static final long SEED = Long.getLong("commands.seed", 20270401);
    private static final int COUNT = Integer.getInteger("commands.count", 2000);

    /** Each way has a schema of its own, in which the same things are. */
    private static final List<String> SCHEMAS = List.of("as_psql", "in_transaction", "at_top_level");

    private final TestDatabase database;

    GeneratedCommandTests(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    static void prepare(TestDatabase database) {
        for (String schema : SCHEMAS) {
            for (String statement : List.of(
                    "CREATE SCHEMA %s",
                    "CREATE TABLE %s.t (a integer, b text) WITH (autovacuum_enabled = off)",
                    "CREATE TABLE %s.made (a integer PRIMARY KEY) WITH (autovacuum_enabled = off)",
                    "CREATE TABLE %s.ruled (a integer)",
                    "CREATE RULE r AS ON INSERT TO %1$s.ruled DO INSTEAD UPDATE %1$s.t SET b = 'ruled' WHERE a = new.a",
                    "CREATE MATERIALIZED VIEW %s.mv AS SELECT 1 AS a",
                    "CREATE SEQUENCE %s.s",
                    "CREATE FUNCTION %s.tg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                    "CREATE PROCEDURE %s.p(n integer) LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (n, ''COMMIT;''); END'",
                    "CREATE PROCEDURE %s.\"p; --\"(n integer) LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''s''); END'",
                    "CREATE PROCEDURE %s.p_inout(INOUT n integer) LANGUAGE plpgsql AS 'BEGIN n := nextval(''s''); END'",
                    "CREATE PROCEDURE %s.p_inout2(INOUT n integer, INOUT m integer) LANGUAGE plpgsql AS 'BEGIN n := m; END'",
                    "CREATE PROCEDURE %s.p_commit(n integer) LANGUAGE plpgsql AS"
                            + " 'BEGIN INSERT INTO t VALUES (nextval(''s''), ''c''); COMMIT; INSERT INTO t VALUES (n, ''d''); END'",
                    "CREATE PROCEDURE %s.\"p commit\"(n integer) LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM nextval(''s''); ROLLBACK /* it''s */ AND CHAIN; END'",
                    "CREATE PROCEDURE %s.p_nested(n integer) LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM nextval(''s''); CALL p_commit(n); END'")) {
                database.owner().sql(statement.formatted(schema)).update();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"on, 0.7", "off, 0.3"})
    void areRecordedAsTheServerSays(String conforming, double share) throws SQLException {
        RandomCommands commands = new RandomCommands(new Random(SEED), conforming.equals("on"));
        List<String> differences = new ArrayList<>();
        List<State> states = states();
        try (WireSession psql = new WireSession(connect(SCHEMAS.get(0), conforming));
                EngineSession transaction = engine(SCHEMAS.get(1), conforming);
                EngineSession topLevel = engine(SCHEMAS.get(2), conforming)) {
            for (int i = 0; i < COUNT * share && differences.size() < 5; i++) {
                String command = commands.next();
                Answer expected = psql.execute(command);
                psql.execute("ROLLBACK");
                psql.execute("DISCARD ALL");
                compare(command, "in a transaction", expected, transaction.execute(command), differences);
                compare(command, "at top level", expected, topLevel.executeAtTopLevel(command), differences);
                List<State> after = states();
                if (!areAlike(states, after)) {
                    differences.add(command + "\n  leaves behind " + after + " of " + states);
                    break;
                }
                states = after;
            }
        }
        assertThat(differences).isEmpty();
    }

    /** A long text is read piece by piece. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areReadInALongTextAsAlone(boolean conforming) throws SQLException {
        RandomCommands commands = new RandomCommands(new Random(SEED), conforming);
        List<String> parts = Stream.generate(commands::next)
                .filter(command -> !command.contains("never"))
                .limit(500)
                .toList();
        String whole = String.join("\n;\n", parts);
        assertThat(whole).hasSizeGreaterThan(20_000);

        try (Connection session = database.connect(database.ownerName());
                PreparedStatement statement = session.prepareStatement("""
                        SELECT cron_engine.statements(?, ?),
                            array(SELECT s FROM unnest(?) WITH ORDINALITY AS p (part, n)
                                  CROSS JOIN unnest(cron_engine.statements(p.part, ?)) WITH ORDINALITY AS s (s, m) ORDER BY n, m)
                        """)) {
            statement.setString(1, whole);
            statement.setBoolean(2, conforming);
            statement.setArray(3, session.createArrayOf("text", parts.toArray()));
            statement.setBoolean(4, conforming);
            ResultSet result = statement.executeQuery();
            result.next();

            assertThat((String[]) result.getArray(1).getArray())
                    .containsExactly((String[]) result.getArray(2).getArray());
        }
    }

    private static void compare(
            String command, String where, Answer expected, Outcome outcome, List<String> differences) {
        String said = String.valueOf(outcome.message());
        boolean equal;
        if (expected.error() != null) {
            equal = "failed".equals(outcome.status())
                    && Objects.equals(expected.sqlstate(), outcome.sqlstate())
                    && (said + "\n").startsWith("ERROR:  " + expected.error() + "\n")
                    && !said.contains("cronlink");
        } else {
            equal = "succeeded".equals(outcome.status()) && isSame(command, String.valueOf(expected.message()), said);
        }
        if (!equal) {
            differences.add(command + "\n  " + where + ": " + expected + " <> " + outcome);
        }
    }

    /** How many rows a FETCH or EXECUTE among several statements has returned is not known at top level, if they are of several columns. */
    private static boolean isSame(String command, String expected, String said) {
        return said.equals(expected)
                || said.equals("rows")
                        && expected.contains("row")
                        && command.toLowerCase(Locale.ROOT).contains("fetch");
    }

    private EngineSession engine(String schema, String conforming) {
        return new EngineSession(connect(schema, conforming), options(schema, conforming));
    }

    private Connection connect(String schema, String conforming) {
        Properties properties = new Properties();
        properties.setProperty("options", options(schema, conforming));
        properties.setProperty("prepareThreshold", "0");
        try {
            return database.login(database.ownerName()).connect(properties);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String options(String schema, String conforming) {
        return "-c search_path=" + schema + " -c standard_conforming_strings=" + conforming
                + " -c client_min_messages=error -c escape_string_warning=off";
    }

    /** What is in each schema, and the files that VACUUM FULL, CLUSTER, REINDEX and TRUNCATE make again. */
    private List<State> states() {
        String query = SCHEMAS.stream().map(schema -> """
                        SELECT concat_ws(' ',
                                (SELECT concat(count(*), ' ', sum(a), ' ', sum(hashtext(b))) FROM %1$s.t),
                                (SELECT count(*) FROM %1$s.made), (SELECT last_value FROM %1$s.s),
                                (SELECT sum(hashtext(relname || relkind::text)) FROM pg_class WHERE relnamespace = n.oid),
                                (SELECT sum(hashtext(proname)) FROM pg_proc WHERE pronamespace = n.oid),
                                (SELECT count(*) FROM pg_type WHERE typnamespace = n.oid),
                                (SELECT count(*) FROM pg_trigger WHERE tgrelid = '%1$s.made'::regclass),
                                (SELECT count(*) FROM pg_rewrite WHERE ev_class = '%1$s.ruled'::regclass),
                                -- VACUUM, ANALYZE
                                (SELECT concat(reltuples, relacl, obj_description(oid)) FROM pg_class WHERE oid = '%1$s.t'::regclass),
                                (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = '%1$s.t'::regclass)) AS content,
                            concat_ws(' ', pg_relation_filenode('%1$s.made'), pg_relation_filenode('%1$s.made_pkey'),
                                pg_relation_filenode('%1$s.mv')) AS files
                        FROM pg_namespace AS n WHERE n.nspname = '%1$s'
                        """.formatted(schema)).collect(joining("UNION ALL "));
        return database.owner().sql(query).query(State.class).list();
    }

    private record State(String content, String files) {}

    private static boolean areAlike(List<State> before, List<State> after) {
        return IntStream.range(0, SCHEMAS.size())
                        .mapToObj(i -> after.get(i).content()
                                + after.get(i).files().equals(before.get(i).files()))
                        .distinct()
                        .count()
                == 1;
    }
}
