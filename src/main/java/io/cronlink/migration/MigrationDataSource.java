package io.cronlink.migration;

import io.cronlink.database.Connections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Where Flyway connects, watched over. After each migration it goes back to the role that it began with, by a statement in which it does not
 * double an apostrophe of that role's name. And it takes an advisory lock, which any role could keep from it: the migration has its own, see
 * {@link MigrationLock}.
 */
class MigrationDataSource extends DelegatingDataSource {

    private static final Pattern LOCK = Pattern.compile("SELECT (pg_try_advisory_lock|pg_advisory_unlock)\\(.*");

    private final String wrong;
    private final String right;
    private final MigrationWatch watch;

    MigrationDataSource(DataSource owner, String role, MigrationWatch watch) {
        super(owner);
        this.watch = watch;
        this.wrong = "SET ROLE '" + role + "'";
        this.right = "SET ROLE '" + role.replace("'", "''") + "'";
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = watch.watched(super.getConnection());
        // Flyway puts the engine's schema before it.
        Connections.pinSearchPath(connection);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                        arguments[0] = corrected(sql);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getTargetException();
                    }
                });
    }

    private String corrected(String sql) {
        Matcher lock = LOCK.matcher(sql);
        if (lock.matches()) {
            return "SELECT true AS " + lock.group(1);
        }
        return sql.equals(wrong) ? right : sql;
    }
}
