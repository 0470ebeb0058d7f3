package io.cronlink.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network on the way to the server, that can be cut, and that can fall silent. */
final class Proxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean silent;

    Proxy(int target) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.target = target;
        run("proxy listener", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Breaks all connections; new ones are welcome. */
    void cut() {
        for (Socket socket : sockets) {
            try {
                // A reset, not a good-bye.
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException gone) {
                sockets.remove(socket);
            }
        }
        sockets.clear();
    }

    /** Nothing arrives any more, in either direction, and nobody is told. */
    void fallSilent() {
        lock.lock();
        try {
            silent = true;
        } finally {
            lock.unlock();
        }
    }

    /** What was on its way arrives. */
    void resume() {
        lock.lock();
        try {
            silent = false;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                run("proxy connection", () -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try {
            awaitFlow();
            server.connect(new InetSocketAddress("127.0.0.1", target), 5_000);
            run("proxy back", () -> pump(server, client));
            pump(client, server);
        } catch (IOException failure) {
            close(client, server);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, read);
                out.flush();
            }
            awaitFlow();
        } catch (SocketException cut) {
            // By cut(), or by the other side.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            close(from, to);
        }
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (silent) {
                flows.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(Socket... both) {
        for (Socket socket : both) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException gone) {
                // It was to be closed.
            }
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
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
        resume();
        cut();
    }
}
