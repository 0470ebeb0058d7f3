package io.cronlink.contract;

import io.cronlink.database.TestDatabase;
import java.util.List;

/** The schema of a database, line by line: the same for every version of PostgreSQL, name of the owner and place of dblink. */
final class Schema {

    private static final String LINES = """
            WITH schema AS (
                SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname IN ('cron', 'cron_engine')
            ), relation AS (
                SELECT c.*, c.oid::regclass AS name FROM pg_class c JOIN schema s ON s.oid = c.relnamespace WHERE c.relname <> 'flyway_schema_history'
            ), line (of, kind, line) AS (
                SELECT s.nspname::text, 0.0, 'schema ' || s.nspname FROM schema s
                UNION ALL
                SELECT r.name::text, 1, concat_ws(' ', CASE r.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type' END, r.name,
                                                  CASE r.relpersistence WHEN 'u' THEN 'unlogged' END, r.reloptions::text,
                                                  CASE WHEN r.relrowsecurity THEN 'row security' END, CASE WHEN r.relforcerowsecurity THEN 'forced' END,
                                                  CASE WHEN r.relkind = 'r' THEN 'replica identity ' || nullif(r.relreplident::text, 'd') END,
                                                  'inherits ' || (SELECT string_agg(i.inhparent::regclass::text, ', ') FROM pg_inherits i WHERE i.inhrelid = r.oid))
                  FROM relation r WHERE r.relkind IN ('r', 'v', 'S', 'c')
                UNION ALL
                SELECT r.name::text, 2 + a.attnum / 10000.0, concat_ws(' ', '    column', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                                                  'default ' || pg_get_expr(d.adbin, d.adrelid))
                  FROM relation r
                  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
                 WHERE r.relkind IN ('r', 'v', 'c')
                UNION ALL
                SELECT r.name::text, 3, concat_ws(' ', '    constraint', k.conname, pg_get_constraintdef(k.oid))
                  FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
                UNION ALL
                SELECT r.name::text, 4, concat_ws(' ', '    index', pg_get_indexdef(i.indexrelid)) FROM relation r JOIN pg_index i ON i.indrelid = r.oid
                UNION ALL
                SELECT r.name::text, 5, concat_ws(' ', '    policy', p.polname, p.polcmd, p.polpermissive::text, pg_get_expr(p.polqual, p.polrelid),
                                                  pg_get_expr(p.polwithcheck, p.polrelid))
                  FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
                UNION ALL
                SELECT r.name::text, 6, concat_ws(' ', '    trigger', pg_get_triggerdef(t.oid)) FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
                UNION ALL
                SELECT p.oid::regprocedure::text, 1, concat_ws(' ', CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
                                                               format('%s(%s)', p.oid::regproc, pg_get_function_arguments(p.oid)),
                                                               'returns ' || pg_get_function_result(p.oid), p.provolatile, CASE WHEN p.proisstrict THEN 'strict' END,
                                                               CASE WHEN p.prosecdef THEN 'definer' END, p.proconfig::text)
                  FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
                UNION ALL
                SELECT c.name, 7, concat_ws(' ', '    grant', a.privilege_type, c.part, 'to', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END)
                  FROM (SELECT r.name::text, NULL::name, coalesce(r.relacl, acldefault('r', r.relowner)), r.relowner FROM relation r WHERE r.relkind IN ('r', 'v', 'S')
                        UNION ALL
                        SELECT r.name::text, a.attname, a.attacl, r.relowner FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attacl IS NOT NULL
                        UNION ALL
                        SELECT p.oid::regprocedure::text, NULL, coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
                        UNION ALL
                        SELECT n.nspname, NULL, n.nspacl, n.nspowner FROM pg_namespace n JOIN schema s ON s.oid = n.oid) c (name, part, acl, owner)
                 CROSS JOIN LATERAL aclexplode(c.acl) a
                 WHERE a.grantee <> c.owner
                UNION ALL
                SELECT r.name::text, 8, concat_ws(' ', '    comment', a.attname, d.description)
                  FROM relation r
                  JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_class'::regclass
                  LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid AND d.objsubid > 0
                UNION ALL
                SELECT p.oid::regprocedure::text, 8, '    comment ' || d.description
                  FROM pg_proc p
                  JOIN schema s ON s.oid = p.pronamespace
                  JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_proc'::regclass
                UNION ALL
                SELECT s.nspname::text, 8, '    comment ' || d.description
                  FROM schema s JOIN pg_description d ON d.objoid = s.oid AND d.classoid = 'pg_namespace'::regclass
            )
            SELECT translate(line, E'\\n', ' ') FROM line ORDER BY of COLLATE "C", kind, line COLLATE "C"
            """;

    private Schema() {}

    static List<String> of(TestDatabase database) {
        return database.owner().sql(LINES).query(String.class).list();
    }
}
