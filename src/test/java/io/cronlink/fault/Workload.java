package io.cronlink.fault;

import io.cronlink.database.CrashableServer;
import io.cronlink.database.TestDatabase;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Jobs of all kinds. Whatever a run does is visible in public.effects, under the run's number. */
final class Workload {

    static final String[] ROLES = {"alice", "bob", "sally"};
    static final String HOSTILE = "mallory";

    private static final String EFFECT =
            "INSERT INTO public.effects (runid) VALUES (current_setting('cronlink.runid')::bigint)";

    /** How exact the record of a run has to be. */
    enum Promise {
        /** Its effect is there if and only if it succeeded. */
        EXACT,
        /** At top level, with a COMMIT at the end: its effect is there if it succeeded, and never twice. */
        AT_MOST_ONCE,
        /** At top level, with three COMMITs: all effects are there if it succeeded, and none twice. */
        IN_PARTS,
        /** Fails, or has no effect. */
        NONE
    }

    private record Kind(
            String name, Promise promise, String role, String schedule, String command, String attributes) {}

    // The name of a job is its kind, of which there may be several.
    private static final Kind[] KINDS = {
        new Kind("grid", Promise.EXACT, "cronlink", "1 second", EFFECT, "overlap = 'allow', catch_up = 'all'"),
        new Kind("grid of alice", Promise.EXACT, "alice", "2 seconds", EFFECT, "overlap = 'allow', catch_up = 'all'"),
        new Kind("frequent", Promise.EXACT, "bob", "@every 300 milliseconds", EFFECT, ""),
        new Kind("slow", Promise.EXACT, "cronlink", "1 second", EFFECT + "; SELECT pg_sleep(2)", "overlap = 'skip'"),
        new Kind("slow and late", Promise.EXACT, "alice", "2 seconds", "SELECT pg_sleep(1.5); " + EFFECT, ""),
        new Kind(
                "failing",
                Promise.EXACT,
                "bob",
                "2 seconds",
                EFFECT + "; SELECT 1 / 0",
                "max_attempts = 2, retry_delay = '300 ms'"),
        new Kind(
                "failing by half",
                Promise.EXACT,
                "alice",
                "1 second",
                EFFECT + "; SELECT 1 / (random() * 2)::integer",
                "max_attempts = 3, retry_delay = '200 ms'"),
        new Kind("deferred", Promise.EXACT, "bob", "2 seconds", EFFECT + "; INSERT INTO public.child VALUES (99)", ""),
        new Kind(
                "deferred by half",
                Promise.EXACT,
                "cronlink",
                "1 second",
                EFFECT + "; INSERT INTO public.child VALUES ((random() * 2)::integer)",
                "overlap = 'allow'"),
        new Kind(
                "serialization",
                Promise.EXACT,
                "sally",
                "1 second",
                "SELECT sum(n) FROM public.counter; UPDATE public.counter SET n = n + 1 WHERE id = 1 + (random() * 2)::integer; SELECT pg_sleep(0.2); "
                        + EFFECT,
                "overlap = 'allow', max_attempts = 2, retry_delay = '100 ms'"),
        new Kind(
                "serialization too",
                Promise.EXACT,
                "sally",
                "1 second",
                "SELECT sum(n) FROM public.counter; UPDATE public.counter SET n = n + 1 WHERE id = 1 + (random() * 2)::integer; SELECT pg_sleep(0.2); "
                        + EFFECT,
                "overlap = 'allow'"),
        new Kind(
                "deadlock",
                Promise.EXACT,
                "alice",
                "2 seconds",
                "UPDATE public.counter SET n = n + 1 WHERE id = 11; SELECT pg_sleep(0.3); UPDATE public.counter SET n = n + 1 WHERE id = 12; "
                        + EFFECT,
                ""),
        new Kind(
                "deadlock too",
                Promise.EXACT,
                "bob",
                "2 seconds",
                "UPDATE public.counter SET n = n + 1 WHERE id = 12; SELECT pg_sleep(0.3); UPDATE public.counter SET n = n + 1 WHERE id = 11; "
                        + EFFECT,
                ""),
        new Kind(
                "large result",
                Promise.EXACT,
                "bob",
                "3 seconds",
                "WITH e AS (" + EFFECT + " RETURNING 1) SELECT repeat('x', 1000) FROM e, generate_series(1, 100000)",
                ""),
        new Kind(
                "too long",
                Promise.EXACT,
                "alice",
                "3 seconds",
                EFFECT + "; SELECT pg_sleep(10)",
                "timeout = '500 ms'"),
        new Kind(
                "deaf",
                Promise.EXACT,
                "bob",
                "3 seconds",
                "DO $$BEGIN " + EFFECT
                        + "; BEGIN PERFORM pg_sleep(1); EXCEPTION WHEN query_canceled THEN NULL; END; END$$",
                "timeout = '700 ms'"),
        new Kind(
                "untidy",
                Promise.EXACT,
                "cronlink",
                "2 seconds",
                EFFECT
                        + "; SELECT pg_advisory_unlock_all(); SET work_mem = '1MB'; CREATE TEMP TABLE IF NOT EXISTS left_behind AS SELECT 1",
                ""),
        new Kind(
                "poison",
                Promise.EXACT,
                "bob",
                "7 seconds",
                EFFECT + "; SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)",
                ""),
        new Kind("minutely", Promise.EXACT, "alice", "* * * * *", EFFECT, ""),
        new Kind("vacuum", Promise.NONE, "cronlink", "3 seconds", "VACUUM public.effects", ""),
        new Kind("copy", Promise.NONE, "alice", "3 seconds", "COPY public.effects TO STDOUT", ""),
        new Kind(
                "large at top",
                Promise.NONE,
                "bob",
                "5 seconds",
                "BEGIN; SELECT repeat('x', 1000) FROM generate_series(1, 20000); COMMIT",
                ""),
        new Kind(
                "explicit",
                Promise.AT_MOST_ONCE,
                "alice",
                "1 second",
                "BEGIN; " + EFFECT + "; SELECT pg_sleep(0.4); COMMIT",
                ""),
        new Kind(
                "serialization at top",
                Promise.AT_MOST_ONCE,
                "bob",
                "1 second",
                "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT sum(n) FROM public.counter; UPDATE public.counter SET n = n + 1 WHERE id = 1; SELECT pg_sleep(0.2); "
                        + EFFECT + "; COMMIT",
                "overlap = 'allow'"),
        new Kind("hostile sleep", Promise.NONE, HOSTILE, "1 second", "SELECT pg_sleep(5)", "overlap = 'allow'"),
        new Kind(
                "hostile and deaf",
                Promise.NONE,
                HOSTILE,
                "5 seconds",
                "DO $$BEGIN LOOP BEGIN PERFORM pg_sleep(600); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END$$",
                "timeout = '2 s'"),
        new Kind(
                "hostile messages",
                Promise.NONE,
                HOSTILE,
                "3 seconds",
                "DO $$BEGIN SET client_min_messages = notice; FOR i IN 1 .. 20 LOOP RAISE NOTICE '%', repeat('x', 100000); END LOOP; END$$",
                ""),
        new Kind(
                "hostile locks",
                Promise.NONE,
                HOSTILE,
                "2 seconds",
                "SELECT pg_try_advisory_lock(1129467470, pid) FROM pg_stat_activity; SELECT pg_sleep(1)",
                ""),
        new Kind(
                "hostile group",
                Promise.NONE,
                HOSTILE,
                "5 seconds",
                "SELECT pg_sleep(60)",
                "job_group = 'etl', timeout = '4 s'"),
        new Kind("grouped", Promise.EXACT, "alice", "1 second", EFFECT, "job_group = 'etl'"),
        new Kind("in parts", Promise.IN_PARTS, "cronlink", "2 seconds", "CALL public.in_parts()", "overlap = 'allow'"),
    };

    private Workload() {}

    static void prepare(CrashableServer server, Session superuser, Session owner) {
        owner.execute("SELECT cron_engine.set_home('127.0.0.1', %d, NULL, NULL, %s)"
                .formatted(
                        server.port(),
                        TestDatabase.literal(
                                Objects.requireNonNull(server.owner().password()))));
        for (String role :
                Stream.concat(Arrays.stream(ROLES), Stream.of(HOSTILE)).toList()) {
            superuser.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, password(role)));
            owner.execute(
                    "GRANT USAGE ON SCHEMA cron TO " + role,
                    "SELECT cron.add_login('%s', '%s')".formatted(role, password(role)));
        }
        superuser.execute("ALTER ROLE sally SET default_transaction_isolation = 'serializable'");
        owner.execute(
                "CREATE TABLE public.effects (runid bigint NOT NULL, part integer NOT NULL DEFAULT 1)",
                "CREATE INDEX ON public.effects (runid)",
                "CREATE TABLE public.counter (id integer PRIMARY KEY, n bigint NOT NULL DEFAULT 0)",
                "INSERT INTO public.counter (id) SELECT generate_series(1, 20)",
                "CREATE TABLE public.child (parent integer REFERENCES public.counter DEFERRABLE INITIALLY DEFERRED)",
                """
                CREATE PROCEDURE public.in_parts() LANGUAGE plpgsql AS $body$
                BEGIN
                    FOR v_part IN 1 .. 3 LOOP
                        INSERT INTO public.effects VALUES (current_setting('cronlink.runid')::bigint, v_part);
                        COMMIT;
                        PERFORM pg_sleep(0.1);
                    END LOOP;
                END
                $body$""",
                "CREATE TABLE public.clock_jump (first_runid bigint, last_runid bigint)",
                "CREATE TABLE public.kind (name text PRIMARY KEY, promise text NOT NULL)");
        for (String role : ROLES) {
            owner.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        }
        for (Kind kind : KINDS) {
            owner.execute("INSERT INTO public.kind VALUES ('%s', '%s')".formatted(kind.name, kind.promise));
            owner.execute("INSERT INTO cron.job (jobname, username, schedule, command) VALUES ('%s', '%s', '%s', '%s')"
                    .formatted(kind.name, kind.role, kind.schedule, kind.command.replace("'", "''")));
            if (!kind.attributes.isEmpty()) {
                owner.execute("SELECT cron.set_options(jobid, %s) FROM cron.job WHERE jobname = '%s'"
                        .formatted(kind.attributes.replace(" = ", " => "), kind.name));
            }
        }
    }

    /** Nothing fires any more, and what has no end by itself is canceled. */
    static void stop(Session superuser, Session owner) {
        owner.execute("UPDATE cron.job SET active = false");
        superuser.execute("SELECT cron.cancel(runid) FROM cron_engine.queue WHERE username = '" + HOSTILE + "'");
    }

    static String password(String role) {
        return "password of " + role;
    }
}
