package io.cronlink.row;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.util.ClassUtils;

/**
 * Asks for each column by its name and for each value by a type that the driver has. Spring's DataClassRowMapper tries others
 * first, and each time the driver makes an exception with a message in the user's language: a page of fifty jobs took 20 ms.
 */
final class RecordRows<T extends Record> implements RowMapper<T> {

    private final ConversionService conversions;
    private final Constructor<T> constructor;
    private final String[] columns;
    private final Class<?>[] types;

    RecordRows(Class<T> type, ConversionService conversions) {
        this.conversions = conversions;
        constructor = BeanUtils.getResolvableConstructor(type);
        types = constructor.getParameterTypes();
        columns = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(Columns::column)
                .toArray(String[]::new);
    }

    @Override
    public T mapRow(ResultSet row, int number) throws SQLException {
        @Nullable Object[] values = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Object value = read(row, row.findColumn(columns[i]), types[i]);
            values[i] = ClassUtils.isAssignableValue(types[i], value) ? value : conversions.convert(value, types[i]);
        }
        return BeanUtils.instantiateClass(constructor, values);
    }

    private static @Nullable Object read(ResultSet row, int column, Class<?> type) throws SQLException {
        if (type == Instant.class) {
            return row.getObject(column, OffsetDateTime.class);
        }
        return type == Duration.class || type == List.class
                ? row.getObject(column)
                : JdbcUtils.getResultSetValue(row, column, type);
    }
}
