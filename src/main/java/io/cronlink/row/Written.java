package io.cronlink.row;

import java.util.List;

/**
 * @param value what came of a transaction
 * @param warnings what the database said meanwhile
 */
public record Written<T>(T value, List<Warning> warnings) {}
