package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class MigrationTests {

    private static final String OBJECTS = """
            SELECT string_agg(o.line, E'\\n' ORDER BY o.line)
            FROM (SELECT format('%s %s %s', p.oid::regprocedure, md5(p.prosrc), p.proacl) AS line FROM pg_proc AS p
                  WHERE p.pronamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                  UNION ALL
                  SELECT format('%s %s %s', c.oid, c.relname, c.relacl) FROM pg_class AS c
                  WHERE c.relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
                  UNION ALL
                  SELECT format('%s %s', t.oid, t.tgname) FROM pg_trigger AS t
                  UNION ALL
                  SELECT format('%s %s', h.script, h.checksum) FROM cron_engine.flyway_schema_history AS h) AS o
            """;

    private static String objects(TestDatabase database) {
        return database.owner().sql(OBJECTS).query(String.class).single();
    }

    @Test
    void changesNothingTheSecondTime() {
        try (TestDatabase database = TestDatabase.create()) {
            String before = objects(database);

            TestServer.get().migrate(database.name());

            assertThat(objects(database)).isEqualTo(before);
        }
    }

    @Test
    void isDoneOnceWhenManyBeginTogether() throws Exception {
        ExecutorService replicas = Executors.newFixedThreadPool(20);
        try (TestDatabase database = TestDatabase.createEmpty()) {
            List<Future<?>> starts = IntStream.range(0, 20)
                    .<Future<?>>mapToObj(
                            i -> replicas.submit(() -> TestServer.get().migrate(database.name())))
                    .toList();
            for (Future<?> start : starts) {
                start.get();
            }

            assertThat(database.owner()
                            .sql(
                                    "SELECT count(*) - count(DISTINCT script) FROM cron_engine.flyway_schema_history WHERE success")
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            replicas.shutdown();
        }
    }
}
