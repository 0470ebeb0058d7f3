package io.cronlink.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * @param field the property of the request that is wrong, as the client called it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FieldError(String field, String message, @Nullable String hint) {}
