package io.cronlink.run;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Statuses are spelt as in the table, in lower case. */
@Component
class RunStatusConverter implements Converter<String, RunStatus> {

    @Override
    public RunStatus convert(String status) {
        return RunStatus.valueOf(status.toUpperCase(Locale.ROOT));
    }
}
