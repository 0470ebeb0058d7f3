package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What PgBouncer is in its pool modes: lets everybody in, and hands out sessions of the server, which the driver has logged in. For
 * a server without TLS.
 */
public final class TestPooler implements AutoCloseable {

    /** Which of the free sessions is handed out, and for how long. */
    public enum Mode {
        /** For a transaction, the one that became free last: PgBouncer's default of two. */
        LAST_BY_TRANSACTION,
        /** For a transaction, the one that is free for longest. */
        FIRST_BY_TRANSACTION,
        /** For as long as the connection lasts. */
        BY_CONNECTION
    }

    private static final int CANCEL = 80877102;
    private static final int FIRST_PROTOCOL = 196608;
    private static final int LAST_PROTOCOL = 196700;

    private final ServerSocket listener;
    private final Login login;
    private final Mode mode;
    private final ConcurrentLinkedDeque<Session> free = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Session> all = new ConcurrentLinkedDeque<>();

    public TestPooler(Login login, Mode mode) {
        this.login = login;
        this.mode = mode;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        run(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sessions that nobody needs yet. */
    void open(int sessions) throws SQLException {
        for (int i = 0; i < sessions; i++) {
            free.addLast(new Session());
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                run(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            if (letIn(in, out)) {
                relay(in, out);
            }
        } catch (EOFException | SocketException gone) {
            // Clients may go at any time.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** False: it was a cancel, which is not passed on. */
    private static boolean letIn(DataInputStream in, DataOutputStream out) throws IOException {
        int code;
        do {
            byte[] rest = new byte[in.readInt() - 8];
            code = in.readInt();
            in.readFully(rest);
            if (code == CANCEL) {
                return false;
            }
            if (code < FIRST_PROTOCOL || code > LAST_PROTOCOL) {
                // It asks for encryption.
                out.write('N');
            }
        } while (code < FIRST_PROTOCOL || code > LAST_PROTOCOL);
        send(out, 'R', new byte[4]);
        for (Map.Entry<String, String> parameter : Map.of(
                        "server_version", "16.0",
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "integer_datetimes", "on",
                        "standard_conforming_strings", "on")
                .entrySet()) {
            send(out, 'S', (parameter.getKey() + "\0" + parameter.getValue() + "\0").getBytes(UTF_8));
        }
        byte[] key = new byte[8];
        ThreadLocalRandom.current().nextBytes(key);
        send(out, 'K', key);
        send(out, 'Z', new byte[] {'I'});
        out.flush();
        return true;
    }

    private static void send(DataOutputStream out, int type, byte[] content) throws IOException {
        out.write(type);
        out.writeInt(content.length + 4);
        out.write(content);
    }

    private void relay(DataInputStream in, DataOutputStream out) throws IOException, SQLException {
        @Nullable Session session = null;
        try {
            while (true) {
                Message message = Message.read(in);
                if (message.type() == 'X') {
                    return;
                }
                if (session == null) {
                    session = take();
                }
                message.write(session.out);
                // A query, or the end of what makes one: now it is the server's turn.
                if (message.type() == 'Q' || message.type() == 'S') {
                    session.out.flush();
                    boolean inTransaction = answer(session, out);
                    if (!inTransaction && mode != Mode.BY_CONNECTION) {
                        free.addLast(session);
                        session = null;
                    }
                }
            }
        } finally {
            if (session != null) {
                session.close();
            }
        }
    }

    private static boolean answer(Session session, DataOutputStream out) throws IOException {
        while (true) {
            Message message = Message.read(session.in);
            message.write(out);
            if (message.type() == 'Z') {
                out.flush();
                return message.content()[0] != 'I';
            }
        }
    }

    private Session take() throws SQLException {
        Session session = mode == Mode.LAST_BY_TRANSACTION ? free.pollLast() : free.pollFirst();
        return session == null ? new Session() : session;
    }

    private record Message(int type, byte[] content) {

        static Message read(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            byte[] content = new byte[in.readInt() - 4];
            in.readFully(content);
            return new Message(type, content);
        }

        void write(DataOutputStream out) throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            send(new DataOutputStream(whole), type, content);
            out.write(whole.toByteArray());
        }
    }

    /** A session that the driver has logged in, and whose socket we use behind its back. */
    private final class Session {

        private final Connection connection;
        private final DataInputStream in;
        private final DataOutputStream out;

        Session() throws SQLException {
            Properties driver = new Properties();
            driver.setProperty("socketFactory", Sockets.class.getName());
            connection = login.connect(driver);
            try {
                Socket socket = Objects.requireNonNull(Sockets.LAST.get());
                in = new DataInputStream(socket.getInputStream());
                out = new DataOutputStream(socket.getOutputStream());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            all.add(this);
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It was to be closed.
            }
        }
    }

    /** Made by the driver, by its name: remembers the last socket of each thread. */
    public static final class Sockets extends SocketFactory {

        private static final ThreadLocal<Socket> LAST = new ThreadLocal<>();

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            LAST.set(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        all.forEach(Session::close);
    }
}
