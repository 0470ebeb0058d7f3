package io.cronlink.alarm;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A channel did not take a message. The reason is shown to people: it has no address in it, which may hold a token. */
class NotDelivered extends Exception {

    NotDelivered(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return Objects.requireNonNull(getMessage());
    }

    /** In words of our own: those of the client repeat the URL. */
    static NotDelivered overHttp(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = reason(cause);
            if (reason != null) {
                return new NotDelivered(reason, failure);
            }
        }
        return new NotDelivered("the connection was closed before an answer came", failure);
    }

    private static @Nullable String reason(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "the host is not known";
        }
        if (cause instanceof HttpTimeoutException) {
            return "no answer within the timeout";
        }
        if (cause instanceof ConnectException) {
            return "the host takes no connection";
        }
        return cause instanceof SSLException ? "no TLS connection" : null;
    }
}
