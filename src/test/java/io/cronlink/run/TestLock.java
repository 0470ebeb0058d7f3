package io.cronlink.run;

import io.cronlink.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds commands up until it is opened. */
public final class TestLock implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger(1_000);

    private final int number = NUMBER.incrementAndGet();
    private final Connection holder;

    public TestLock(TestDatabase database) {
        this.holder = database.connect(database.ownerName());
        execute("SELECT pg_advisory_lock(" + number + ")");
    }

    /** A command that ends when this is opened. */
    public String command() {
        return "SELECT pg_advisory_xact_lock_shared(" + number + ")";
    }

    public void open() {
        execute("SELECT pg_advisory_unlock_all()");
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql) {
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
