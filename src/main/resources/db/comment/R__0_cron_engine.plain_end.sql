COMMENT ON TABLE cron_engine.plain_end IS 'The ended runs from which nothing follows but the news, which a crash may take: they succeeded and are plain, see cron_engine.queue.';
