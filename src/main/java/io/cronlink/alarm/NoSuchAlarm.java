package io.cronlink.alarm;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class NoSuchAlarm extends ResponseStatusException {

    NoSuchAlarm(long alarmid) {
        super(HttpStatus.NOT_FOUND, "Alarm " + alarmid + " does not exist.");
    }
}
