package io.cronlink.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutorBase;

/**
 * Sends a command as psql does and hears what the server says, command tags included, which the driver keeps to itself: its
 * connection is used, but not its idea of SQL.
 */
final class WireSession implements AutoCloseable {

    /** How a command ended: its last result in libpq's words, or its error. */
    record Answer(
            @Nullable String message,
            @Nullable String sqlstate,
            @Nullable String error) {}

    private final Connection connection;
    private final PGStream stream;

    WireSession(Connection connection) {
        this.connection = connection;
        try {
            Field field = QueryExecutorBase.class.getDeclaredField("pgStream");
            field.setAccessible(true);
            this.stream =
                    (PGStream) field.get(connection.unwrap(BaseConnection.class).getQueryExecutor());
        } catch (ReflectiveOperationException | SQLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** The wire protocol's simple query: https://www.postgresql.org/docs/current/protocol-flow.html */
    Answer execute(String command) {
        try {
            byte[] text = command.getBytes(UTF_8);
            stream.sendChar('Q');
            stream.sendInteger4(4 + text.length + 1);
            stream.send(text);
            stream.sendChar(0);
            stream.flush();
            return answer();
        } catch (IOException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private Answer answer() throws IOException {
        Answer answer = new Answer("0 rows", null, null);
        // Without a row description it is a command.
        int rows = -1;
        while (true) {
            int type = stream.receiveChar();
            int length = stream.receiveInteger4() - 4;
            switch (type) {
                case 'T' -> {
                    stream.receive(length);
                    rows = 0;
                }
                case 'D' -> {
                    stream.receive(length);
                    rows++;
                }
                case 'C' -> {
                    String tag = text(stream.receive(length));
                    answer = new Answer(rows < 0 ? tag : rows == 1 ? "1 row" : rows + " rows", null, null);
                    rows = -1;
                }
                case 'E' -> {
                    Map<Character, String> fields = fields(stream.receive(length));
                    answer = new Answer(null, fields.get('C'), fields.get('M'));
                }
                case 'Z' -> {
                    stream.receive(length);
                    return answer;
                }
                default -> stream.receive(length);
            }
        }
    }

    private static String text(byte[] terminated) {
        return new String(terminated, 0, terminated.length - 1, UTF_8);
    }

    private static Map<Character, String> fields(byte[] error) {
        Map<Character, String> fields = new HashMap<>();
        for (String field : new String(error, UTF_8).split("\0")) {
            if (!field.isEmpty()) {
                fields.put(field.charAt(0), field.substring(1));
            }
        }
        return fields;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
