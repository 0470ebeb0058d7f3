package io.cronlink.alarm;

import java.time.Duration;

/** A way to somebody who is to know. */
interface Channel {

    String name();

    /** How often a message is tried in all. */
    int attempts();

    /** Longer than an attempt may take: then another service may try. */
    Duration lease();

    void send(AlarmMessage message) throws NotDelivered;
}
