package io.cronlink.job;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Conditions are spelt as in the view, in lower case. */
@Component
class ConditionConverter implements Converter<String, Condition> {

    @Override
    public Condition convert(String condition) {
        return Condition.valueOf(condition.toUpperCase(Locale.ROOT));
    }
}
