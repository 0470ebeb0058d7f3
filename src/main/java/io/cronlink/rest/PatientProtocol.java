package io.cronlink.rest;

import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat waits for headers as long as a byte comes now and then, and accepts nobody once all connections are in use. Here they
 * have a time in all; and before all connections are in use the longest waiting ones make room, so that whoever is quick gets in.
 */
public class PatientProtocol extends Http11NioProtocol {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final long NOT_BEGUN = -1;

    private Duration headerTimeout = Duration.ofSeconds(10);
    private Map<SocketWrapperBase<NioChannel>, Long> since = Map.of();
    private @Nullable ScheduledFuture<?> sweeping;

    void setHeaderTimeout(Duration headerTimeout) {
        this.headerTimeout = headerTimeout;
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweeping = getUtilityExecutor()
                .scheduleWithFixedDelay(this::sweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (sweeping != null) {
            sweeping.cancel(false);
        }
        super.stop();
    }

    private void sweep() {
        long now = System.nanoTime();
        Map<SocketWrapperBase<NioChannel>, Long> present = new HashMap<>();
        List<SocketWrapperBase<NioChannel>> waiting = new ArrayList<>();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            present.put(connection, since.getOrDefault(connection, now));
            if (isLate(connection, present.get(connection), now)) {
                connection.close();
            } else if (!isAtWork(connection)) {
                waiting.add(connection);
            }
        }
        since = present;
        int tooMany = present.size() - getMaxConnections() * 3 / 4;
        waiting.sort(Comparator.comparing(present::get));
        waiting.stream().limit(Math.max(0, tooMany)).forEach(SocketWrapperBase::close);
    }

    private boolean isLate(SocketWrapperBase<NioChannel> connection, long accepted, long now) {
        if (!connection.getSocket().isHandshakeComplete()) {
            return now - accepted > headerTimeout.toNanos();
        }
        // Only between two readings of headers that are not complete yet a connection has a processor, and while it is
        // answered
        // by and by, as a stream of events is.
        return connection.getCurrentProcessor() instanceof Processor processor
                && !processor.isAsync()
                && processor.getRequest().getStartTimeNanos() != NOT_BEGUN
                && now - processor.getRequest().getStartTimeNanos() > headerTimeout.toNanos();
    }

    private static boolean isAtWork(SocketWrapperBase<NioChannel> connection) {
        return connection instanceof NioSocketWrapper socket && (socket.interestOps() & SelectionKey.OP_READ) == 0;
    }
}
