package io.cronlink.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.jobfile.Script.LeftOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of other schedulers' scripts, and what is left out. */
class ScriptTests {

    private static String jobs(Script script) {
        assertThat(script.leftOut()).isEmpty();
        return script.jobs().stream()
                .map(found -> found.line() + " " + found.job())
                .toList()
                .toString()
                .replace('"', '\'');
    }

    private static String leftOut(Script script) {
        assertThat(script.jobs()).isEmpty();
        assertThat(script.leftOut()).hasSize(1);
        LeftOut one = script.leftOut().get(0);
        return one.line() + " " + one.reason();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 3 * * * psql -c 'VACUUM'                              | [1 {'command':'VACUUM','schedule':'0 3 * * *'}]
            0 3 * * *     psql -qAtXc "SELECT \\"a\\"" app           | [1 {'command':'SELECT \\'a\\'','database':'app','schedule':'0 3 * * *'}]
            @midnight /usr/bin/psql --command=VACUUM -d app -U bob >>/tmp/log 2>&1 | [1 {'command':'VACUUM','database':'app','username':'bob','schedule':'@daily'}]
            5 4 * * sun postgres psql -h localhost -v ON_ERROR_STOP=1 -c "SELECT '100\\%'" | [1 {'command':'SELECT '100%'','schedule':'5 4 * * sun'}]
            */5 * * * * SELECT 1                                    | [1 {'command':'SELECT 1','schedule':'*/5 * * * *'}]
            @daily call x()                                         | [1 {'command':'call x()','schedule':'@daily'}]
            # nothing\\nCRON_TZ = "Europe/Berlin"\\nPGDATABASE=app\\n@daily CALL x()\\nCRON_TZ=\\n@daily CALL y() | [4 {'command':'CALL x()','schedule':'@daily','timezone':'Europe/Berlin','database':'app'}, 6 {'command':'CALL y()','schedule':'@daily','database':'app'}]
            """)
    void areJobsOfACrontab(String crontab, String jobs) {
        assertThat(jobs(Crontab.read(crontab.replace("\\n", "\n")))).isEqualTo(jobs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 3 * * * /usr/bin/backup.sh            | 1 It is a shell's command: a job runs SQL, such as that of psql -c.
            \\n\\n0 3 * * * psql -f x.sql           | 3 Its SQL is in a file: put it into a file of jobs, as commandFile.
            0 3 * * * psql -c 'a' && echo           | 1 It needs a shell: it is more than one call of psql.
            0 3 * * * psql -c "$SQL"                | 1 It needs a shell: $ and ` stand for something else.
            0 3 * * * psql -c 'a                    | 1 A quotation mark is not closed.
            0 3 * * * psql -c a -c b                | 1 It has several commands, each a transaction of its own: make a job of each.
            0 3 * * * psql -c '\\\\copy a to b'      | 1 It is a command of psql itself and no SQL.
            0 3 * * * psql -h db2 -c a              | 1 It is for another host: see nodename, and the foreign server that it needs.
            0 3 * * * psql -p 5433 -c a             | 1 It names a port: say which server that is by nodename and nodeport, if it is another one.
            0 3 * * * psql -v x=1 -c a              | 1 It sets a variable of psql's, of which a job has none.
            0 3 * * * psql -d host=x -c a           | 1 It connects by a whole address: say which database by its name.
            0 3 * * * psql -o out -c a              | 1 psql's option -o means nothing to a job.
            0 3 * * * psql -c                       | 1 psql's option -c has no value.
            0 3 * * * psql app                      | 1 It has no SQL in it: psql -c 'SELECT …'.
            0 3 * * * psql %SELECT 1                | 1 What follows % is input for a command, which a job has none of.
            MAILTO=root                             | 1 Jobs in the database have no environment.
            0 3 * *                                 | 1 It is no line of a crontab: a schedule and a command.
            """)
    void areLeftOutOfACrontab(String crontab, String reason) {
        assertThat(leftOut(Crontab.read(crontab.replace("\\\\", "\\").replace("\\n", "\n"))))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT cron.schedule('0 3 * * *', 'VACUUM')                      | [1 {'schedule':'0 3 * * *','command':'VACUUM'}]
            -- a\\n/* b */ select cron.schedule('n', '@daily', $x$a'$$b$x$);  | [2 {'jobname':'n','schedule':'@daily','command':'a'$$b'}]
            SELECT cron.schedule(job_name => 'n', command := E'a\\tb''c\\\\', schedule => '@daily'::text); | [1 {'jobname':'n','command':'a\\tb'c\\\\','schedule':'@daily'}]
            SELECT cron.schedule_in_database('n', '@daily', 'a;b', 'app', NULL, false) | [1 {'jobname':'n','schedule':'@daily','command':'a;b','database':'app','active':false}]
            SELECT cron.alter_job(cron.schedule('@daily', 'a'), database => 'app', username => 'bob', active => true); | [1 {'schedule':'@daily','command':'a','database':'app','username':'bob','active':true}]
            """)
    void areJobsOfPgCron(String script, String jobs) {
        assertThat(jobs(PgCronScript.read(script.replace("\\n", "\n")))).isEqualTo(jobs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT cron.schedule('a', now()::text)
            SELECT cron.schedule('a')
            SELECT cron.schedule('a', 'b', 'c', 'd', 'e', true, 'f')
            SELECT cron.schedule('a', other => 'b')
            SELECT cron.schedule('a', E'\\x41')
            SELECT cron.schedule('a', 'b') FROM t
            SELECT cron.schedule('a', 'b' || 'c')
            SELECT cron.schedule('a', 'b
            SELECT cron.unschedule('a')
            DROP TABLE t
            SELECT
            """)
    void areLeftOutOfAScriptForPgCron(String script) {
        assertThat(leftOut(PgCronScript.read(script)))
                .isEqualTo(
                        "1 It is no SELECT cron.schedule(…) or cron.schedule_in_database(…) with constants as arguments.");
    }

    @Test
    void areReadWhateverTheirLength() {
        String quotes = "''".repeat(500_000);
        assertThat(PgCronScript.read("SELECT cron.schedule('@daily', '" + quotes + "')")
                        .jobs())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.job().path("command").asString()).hasSize(500_000));
        assertThat(Crontab.read("@daily psql -c \"" + "\\\"".repeat(500_000) + "\"")
                        .jobs())
                .hasSize(1);
        assertThat(Crontab.read("@daily psql -c \"" + "'a'\"b\"".repeat(100_000))
                        .leftOut())
                .hasSize(1);
        assertThat(PgCronScript.read("(".repeat(500_000)).leftOut())
                .singleElement()
                .satisfies(one -> assertThat(one.text()).hasSize(201));
    }
}
