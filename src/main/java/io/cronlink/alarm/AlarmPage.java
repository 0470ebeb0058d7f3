package io.cronlink.alarm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param next to be given as {@code before} to get the alarms that precede; null at the end
 */
record AlarmPage(List<Alarm> alarms, @Nullable Long next) {

    static AlarmPage of(List<Alarm> alarms, int limit) {
        return new AlarmPage(
                alarms,
                alarms.size() < limit ? null : alarms.get(alarms.size() - 1).alarmid());
    }
}
