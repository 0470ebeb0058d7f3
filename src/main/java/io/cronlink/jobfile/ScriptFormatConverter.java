package io.cronlink.jobfile;

import io.cronlink.jobfile.ImportController.ScriptFormat;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Formats are spelt in lower case. */
@Component
class ScriptFormatConverter implements Converter<String, ScriptFormat> {

    @Override
    public ScriptFormat convert(String format) {
        return ScriptFormat.valueOf(format.toUpperCase(Locale.ROOT));
    }
}
