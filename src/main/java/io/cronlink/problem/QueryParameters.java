package io.cronlink.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;

/** A filter that is misspelt, empty or there twice would let through what it was meant to keep out, without a word. */
@Component
class QueryParameters implements WebMvcConfigurer, HandlerInterceptor {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            given(request)
                    .forEach((name, values) -> refused(method, name, values).ifPresent(message -> {
                        throw refusal(new FieldError(name, message, null));
                    }));
        }
        return true;
    }

    /** From the URL: what a form sends as its body is another matter. */
    private static Map<String, List<String>> given(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
    }

    private Optional<String> refused(HandlerMethod method, String name, List<String> values) {
        if (!known.computeIfAbsent(method.getMethod(), QueryParameters::names).contains(name)) {
            return Optional.of("There is no such parameter.");
        }
        if (values.size() > 1) {
            return Optional.of("The parameter is given more than once.");
        }
        return values.stream().allMatch(value -> value == null || value.isEmpty())
                ? Optional.of("The parameter has no value.")
                : Optional.empty();
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(QueryParameters::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(Parameter parameter) {
        MergedAnnotations annotations = MergedAnnotations.from(parameter);
        if (annotations.isPresent(ModelAttribute.class)) {
            return Arrays.stream(parameter.getType().getRecordComponents()).map(RecordComponent::getName);
        }
        return annotations.isPresent(RequestParam.class) ? Stream.of(parameter.getName()) : Stream.empty();
    }

    private static ErrorResponseException refusal(FieldError error) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, error.field() + ": " + error.message());
        problem.setProperty("errors", List.of(error));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }
}
