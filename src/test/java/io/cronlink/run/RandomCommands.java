package io.cronlink.run;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes commands of all kinds for the tables of {@link GeneratedCommandTests}, with blanks, comments, strings and names that are
 * hard to tell apart. In a pattern a blank is one or more of those, {@code ~} may be none at all, {@code #s} is a string,
 * {@code #n} a number, {@code #i} a name, {@code #new} the name of what is not there yet.
 */
final class RandomCommands {

    /** For a transaction and for several in a row. */
    private static final List<String> PLAIN = List.of(
            "SELECT #s",
            "SELECT #s~,~#n",
            "SELECT #s AS #i",
            "SELECT #s AS into,~#n AS returning",
            "SELECT NULL",
            "SELECT 'COMMIT'",
            "SELECT 'MOVE 1'",
            "SELECT a,~b FROM t ORDER BY a LIMIT #n",
            "SELECT * FROM t",
            "SELECT t.* FROM t WHERE a = #n",
            "SELECT a * #n FROM t",
            "SELECT a,~b FROM t WHERE false",
            "SELECT a FROM t WHERE false",
            "SELECT(#n)",
            "SELECT DISTINCT ON (b) b,~a FROM t ORDER BY b,~a",
            "SELECT ARRAY[1,~#n],~#s",
            "SELECT count(*) FROM t FOR UPDATE",
            "SELECT count(*),~max(b) AS #i FROM t",
            "SELECT max(a) OVER () FROM t",
            "SELECT min(a) FROM t GROUP BY b HAVING #s <> ''",
            "SELECT a FROM t WHERE a = #n FOR UPDATE",
            "SELECT nextval('s')",
            "SELECT -1~-~-#n",
            "SELECT 8~/~2~*~#n",
            "TABLE t",
            "VALUES (#s),~(#s)",
            "VALUES(#n)",
            "(SELECT #n) UNION ALL (SELECT #n)",
            "((SELECT #n))",
            "WITH w AS (SELECT #n AS a) SELECT a FROM w",
            "WITH insert AS (SELECT #n AS a),~values(a,~b) AS NOT MATERIALIZED (SELECT 1,~2) SELECT * FROM insert,~values",
            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
            "WITH w AS(SELECT #n AS a) INSERT INTO t SELECT a,~#s FROM w",
            "WITH w AS (DELETE FROM t WHERE a = #n RETURNING a) INSERT INTO t SELECT a,~#s FROM w",
            "WITH w AS (INSERT INTO t VALUES (#n,~#s) RETURNING a) SELECT a,~a FROM w",
            "WITH w AS (SELECT #n AS a) UPDATE t SET b = #s FROM w WHERE t.a = w.a",
            "WITH w AS (SELECT #n AS a) DELETE FROM t USING w WHERE t.a = w.a RETURNING t.a,~b",
            "INSERT INTO t VALUES (#n,~#s)",
            "INSERT INTO t VALUES (#n,~#s),~(#n,~#s)",
            "INSERT INTO t SELECT 1 AS returning,~#s",
            "INSERT INTO t VALUES (#n,~#s) RETURNING a",
            "INSERT INTO t VALUES (#n,~#s) RETURNING a,~b AS #i",
            "INSERT INTO t VALUES (#n,~#s) RETURNING *",
            "INSERT INTO t SELECT a,~b FROM t WHERE false",
            "UPDATE t SET b = #s WHERE a = #n",
            "UPDATE t SET b = #s WHERE a < #n RETURNING a",
            "DELETE FROM t WHERE a = #n",
            "CALL p(#n)",
            "CALL p_inout(#n)",
            "CALL p_inout2(#n,~#n)",
            "CALL \"p; --\"(#n)",
            "DO $$BEGIN PERFORM nextval('s'); INSERT INTO t VALUES (1, 'it''s'); END$$",
            "DO LANGUAGE plpgsql $a$BEGIN PERFORM '$$', 'x'; /* COMMIT; */ END$a$",
            "DO 'BEGIN NULL; END'",
            "CREATE TABLE #new (a integer,~b text DEFAULT #s)",
            "CREATE TEMP TABLE #new (a integer)",
            "CREATE TABLE #new AS SELECT * FROM t",
            "CREATE TABLE #new AS(SELECT #s AS a)",
            "CREATE UNLOGGED TABLE #new(a) AS VALUES (#n),~(#n)",
            "CREATE TABLE IF NOT EXISTS t AS SELECT #n AS a",
            "CREATE TABLE #new AS SELECT * FROM t WITH NO DATA",
            "CREATE TABLE #new AS WITH w AS (SELECT #n AS a) SELECT * FROM w",
            "CREATE TABLE #new (a integer,~b integer GENERATED ALWAYS AS (a + #n) STORED)",
            "CREATE MATERIALIZED VIEW #new AS SELECT #s AS a",
            "CREATE MATERIALIZED VIEW #new AS SELECT #s AS a WITH NO DATA",
            "REFRESH MATERIALIZED VIEW mv",
            "CREATE VIEW #new AS SELECT #s AS a",
            "CREATE OR REPLACE TEMPORARY VIEW #new AS SELECT #n AS a",
            "CREATE RECURSIVE VIEW #new (n) AS SELECT 1",
            "CREATE UNIQUE INDEX #new ON made (a)",
            "CREATE INDEX ON made (a)",
            "CREATE FUNCTION #new(integer) RETURNS integer LANGUAGE sql AS $f$ SELECT $1; SELECT 2; $f$",
            "CREATE FUNCTION #new() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT #n; END",
            "CREATE OR REPLACE PROCEDURE #new() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'",
            "CREATE TYPE #new AS ENUM (#s)",
            "CREATE TYPE #new AS (a integer)",
            "CREATE DOMAIN #new AS integer",
            "CREATE SEQUENCE #new",
            "CREATE RULE #new AS ON UPDATE TO ruled DO ALSO (DELETE FROM made WHERE a = -1; DELETE FROM made WHERE a = -2)",
            "CREATE RULE #new AS ON DELETE TO ruled DO INSTEAD DELETE FROM made WHERE a = -1 RETURNING made.a",
            "CREATE AGGREGATE #new (integer) (SFUNC = int4pl,~STYPE = integer)",
            "CREATE STATISTICS #new ON a,~b FROM t",
            "CREATE CONSTRAINT TRIGGER #new AFTER INSERT ON made FOR EACH ROW EXECUTE FUNCTION tg()",
            "CREATE TEXT SEARCH CONFIGURATION #new (COPY = pg_catalog.simple)",
            "DROP TABLE IF EXISTS gone",
            "DROP MATERIALIZED VIEW IF EXISTS gone",
            "DROP USER MAPPING IF EXISTS FOR CURRENT_USER SERVER gone",
            "DROP FUNCTION IF EXISTS gone(integer),~gone(text)",
            "DROP OPERATOR CLASS IF EXISTS gone USING btree",
            "ALTER TABLE t ALTER b SET DEFAULT #s",
            "ALTER TABLE IF EXISTS gone ADD a integer",
            "ALTER SEQUENCE s INCREMENT 1",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO CURRENT_USER",
            "COMMENT ON TABLE t IS #s",
            "GRANT SELECT ON t TO PUBLIC",
            "REVOKE SELECT ON t FROM PUBLIC",
            "TRUNCATE made",
            "ANALYZE t",
            "EXPLAIN (COSTS off) SELECT #n",
            "EXPLAIN (ANALYZE,~COSTS off,~TIMING off,~SUMMARY off,~BUFFERS off) INSERT INTO t VALUES (#n,~#s) RETURNING a,~b",
            "SHOW work_mem",
            "SET work_mem = 1000",
            "SET LOCAL work_mem TO '2MB'",
            "SET CONSTRAINTS ALL DEFERRED",
            "SET SESSION \"work_mem\" = 1000",
            "RESET work_mem",
            "NOTIFY gone,~#s",
            "UNLISTEN *",
            "DEALLOCATE ALL",
            "PREPARE #new AS INSERT INTO t VALUES (#n,~#s) RETURNING a",
            "DISCARD TEMPORARY",
            "DISCARD PLANS",
            "CLOSE ALL",
            "REINDEX TABLE made",
            "CLUSTER made USING made_pkey",
            // What fails, and leaves nothing behind.
            "SELECT 1 / 0",
            "SELECT * FROM gone",
            "SELECT #s::integer FROM t",
            "SELEKT #s",
            "INSERT INTO t VALUES (#n,~#s,~#n)",
            "INSERT INTO t SELECT nextval('s'),~(1 / 0)::text",
            "INSERT INTO made VALUES (1),~(1)",
            "COPY t TO PROGRAM 'true'",
            "SELECT 'never closed",
            "SELECT \"never closed",
            "SELECT 1 /* never /* closed */",
            "SELECT $a$ never closed $b$");

    /** Alone only. */
    private static final List<String> ALONE = List.of(
            "",
            "~",
            ";",
            "~;~;",
            "SELECT FROM t",
            "INSERT INTO ruled VALUES (#n)",
            "VACUUM t",
            "VACUUM (FULL) made",
            "VACUUM FULL made",
            "ANALYSE t",
            "REINDEX TABLE CONCURRENTLY made",
            "CREATE INDEX CONCURRENTLY #new ON made (a)",
            "CALL p_commit(#n)",
            "CALL p_nested(#n)",
            "CALL \"p commit\" (#n)",
            "DO $$BEGIN INSERT INTO t VALUES (nextval('s'), 'x'); COMMIT; END$$",
            "DO LANGUAGE plpgsql $a$BEGIN INSERT INTO t VALUES (nextval('s'), 'x'); ROLLBACK AND CHAIN; END$a$",
            "DO 'BEGIN PERFORM nextval(''s''); COMMIT; END'",
            "SELECT nextval('s') AS a INTO #new FROM t",
            "WITH w AS (SELECT nextval('s') AS a) SELECT * INTO TEMP #new FROM w",
            "CREATE DATABASE gone TEMPLATE gone");

    /** Several statements that need the top level, or are refused everywhere. */
    private static final List<String> TOGETHER = List.of(
            "BEGIN; #p; COMMIT",
            "START TRANSACTION; #p; #p; END",
            "BEGIN; #p; ROLLBACK",
            "BEGIN; #p; SAVEPOINT #i; #p; RELEASE #i; COMMIT",
            "#p; COMMIT; #p",
            "BEGIN; SELECT nextval('s'); SELECT 1 / 0; COMMIT",
            "BEGIN; LOCK TABLE t; COMMIT",
            "SET statement_timeout = '1min'; #p",
            "SELECT set_config('statement_timeout',~'1min',~false); #p",
            "#p; VACUUM t",
            "#p; CALL p_commit(#n)",
            "#p; SELECT nextval('s') AS a INTO TEMP #new",
            "DECLARE #i CURSOR FOR SELECT a FROM t; FETCH 2 FROM #i",
            "DECLARE #i CURSOR FOR SELECT a FROM t; MOVE 2 FROM #i",
            "DECLARE #i CURSOR WITH HOLD FOR SELECT a,~b FROM t; FETCH ALL FROM #i; CLOSE #i",
            "PREPARE #i AS SELECT #n; EXECUTE #i",
            "PREPARE #i AS INSERT INTO t VALUES (#n,~#s); EXECUTE #i",
            "SET standard_conforming_strings = off; SELECT #s,~#n",
            "#p; CREATE TEMP TABLE later AS SELECT #n AS a; SELECT * FROM later",
            "SELECT #n; CREATE TEMP TABLE later (a integer); INSERT INTO later VALUES (#n) RETURNING a,~a",
            "CREATE SCHEMA IF NOT EXISTS pg_gone; #p");

    private static final List<String> BLANKS = List.of(
            " ",
            " ",
            " ",
            "\n",
            "\t",
            "\r\n",
            "  ",
            "/**/",
            "/* it's */",
            "/* \" ; COMMIT; */",
            "/* $$ /* ' */ ; */",
            "/* /* /*/ */ */ $a$ **/",
            "-- it's; VACUUM $b$\n",
            "--\"\n",
            "-- /*\r",
            "/*-- */",
            " /***/ ");

    private static final List<String> NONE = List.of("", "", "", " ", "\n", "/*;*/", "/* ' /* */ */", "--';\n");

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "it's",
            "COMMIT",
            "INSERT 0 1",
            "; DROP TABLE t; --",
            "/* ",
            " */",
            "--",
            "\"",
            "\\",
            "\\'",
            "a\\",
            "''",
            "$$",
            "$a$ x $a$",
            "é\u2003日本",
            "line\nbreak",
            "RETURNING a INTO",
            "(((",
            "]",
            "e'");

    private static final List<String> NAMES = List.of(
            "x",
            "\"--\"",
            "\"/* x\"",
            "\"a\"\"b;\"",
            "\"it's\"",
            "\"$$\"",
            "\"into\"",
            "été",
            "a$b",
            "e",
            "日本",
            "_1",
            "\"RETURNING \"",
            "U&\"d\\0061t\"");

    private static final Pattern PLACE = Pattern.compile("#new|#[snip]| |~");

    private final Random random;
    private final boolean conforming;
    private int made;

    /** {@code conforming}: whether a backslash in a string is nothing but a backslash. */
    RandomCommands(Random random, boolean conforming) {
        this.random = random;
        this.conforming = conforming;
    }

    String next() {
        String pattern =
                switch (random.nextInt(10)) {
                    case 0, 1 -> any(ALONE);
                    case 2 -> any(TOGETHER);
                    case 3, 4 -> any(PLAIN) + "~;~" + any(PLAIN);
                    default -> any(PLAIN);
                };
        String end = any(List.of("", "", "~", "~;", "~;~", "--", "~;--'", "\r", "~;~/*;*/~;"));
        return fill("~" + pattern + end, any(NAMES));
    }

    private String fill(String pattern, String name) {
        // In a text in quotes nothing is replaced.
        Matcher matcher = Pattern.compile("'[^']*'?|\"[^\"]*\"?|\\$(\\w*)\\$(?:.*?\\$\\1\\$|.*)|" + PLACE.pattern())
                .matcher(pattern);
        StringBuilder command = new StringBuilder();
        int last = 0;
        while (matcher.find()) {
            command.append(cased(pattern.substring(last, matcher.start())));
            command.append(
                    switch (matcher.group()) {
                        case " " -> blanks();
                        case "~" -> any(NONE);
                        case "#s" -> string();
                        case "#n" -> String.valueOf(1 + random.nextInt(9));
                        case "#i" -> name;
                        case "#new" -> "new_" + (++made) + (conforming ? "" : "_off");
                        case "#p" -> fill(any(PLAIN), name);
                        default -> matcher.group();
                    });
            last = matcher.end();
        }
        return command.append(cased(pattern.substring(last))).toString();
    }

    private String cased(String keywords) {
        return switch (random.nextInt(4)) {
            case 0 -> keywords.toLowerCase(Locale.ROOT);
            case 1 ->
                keywords.isEmpty() ? "" : keywords.substring(0, 1).toLowerCase(Locale.ROOT) + keywords.substring(1);
            default -> keywords;
        };
    }

    private String blanks() {
        String blank = any(BLANKS);
        return random.nextInt(4) == 0 ? blank + any(BLANKS) : blank;
    }

    private String string() {
        String text = any(TEXTS);
        String doubled = text.replace("'", "''");
        return switch (random.nextInt(6)) {
            case 0 -> dollars(text);
            case 1 -> "E'" + backslashed(text) + "'";
            case 2 -> "e'" + backslashed(text) + "'\n'" + backslashed(any(TEXTS)) + "'";
            case 3 -> conforming ? "U&'" + doubled.replace("\\", "\\\\") + "'" : "'" + backslashed(text) + "'";
            default -> "'" + (conforming ? doubled : backslashed(text)) + "'";
        };
    }

    private String backslashed(String text) {
        return text.replace("\\", "\\\\").replace("'", random.nextBoolean() ? "''" : "\\'");
    }

    private String dollars(String text) {
        for (String tag : List.of("$$", "$a$", "$été_1$")) {
            if ((text + tag).indexOf(tag) == text.length()) {
                return tag + text + tag;
            }
        }
        throw new AssertionError(text);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
