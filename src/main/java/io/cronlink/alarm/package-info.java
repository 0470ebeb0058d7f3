/** What is alarmed on, over REST, and the way of alarms out of the database: to webhooks, by mail, and as a heartbeat. */
@NullMarked
package io.cronlink.alarm;

import org.jspecify.annotations.NullMarked;
