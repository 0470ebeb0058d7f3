CREATE OR REPLACE FUNCTION cron_engine.comment_length(comment text)
RETURNS bigint
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT m.position
      FROM (SELECT x.n, sum(length(x.m[1]) + 2) OVER w AS position, sum(CASE x.m[2] WHEN '/*' THEN 1 ELSE -1 END) OVER w AS depth
              FROM regexp_matches(comment, $re$((?:[^*/]|\*(?!/)|/(?!\*))*)(/\*|\*/)$re$, 'g') WITH ORDINALITY AS x (m, n)
            WINDOW w AS (ORDER BY x.n)) m
     WHERE m.depth = 0
     ORDER BY m.n
     LIMIT 1
$body$;
COMMENT ON FUNCTION cron_engine.comment_length(text) IS 'The length of the comment with which a text begins, in which others may be nested; NULL: it has no end.';
