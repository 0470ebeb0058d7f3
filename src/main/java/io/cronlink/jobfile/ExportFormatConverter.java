package io.cronlink.jobfile;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Formats are spelt in lower case. */
@Component
class ExportFormatConverter implements Converter<String, ExportFormat> {

    @Override
    public ExportFormat convert(String format) {
        return ExportFormat.of(format);
    }
}
