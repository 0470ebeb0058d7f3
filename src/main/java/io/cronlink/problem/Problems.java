package io.cronlink.problem;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every failure of a request becomes an RFC 9457 problem here. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final String WRONG_TYPE = "The value is not of the parameter's type.";
    private static final String BASIC = "Basic realm=\"Cronlink\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Cronlink\"";
    private static final Set<String> SCRIPT_MODES = Set.of("cors", "same-origin");

    @ExceptionHandler
    ResponseEntity<Object> unauthenticated(AuthenticationException failure, WebRequest request) {
        if (failure instanceof ErrorResponse refusal) {
            return answer(refusal.getBody(), failure, refusal.getHeaders(), request);
        }
        if (failure instanceof AuthenticationServiceException) {
            // Who it is cannot be found out: the database is away.
            return Objects.requireNonNull(anything(failure, request));
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, isOfAScript(request) ? BEARER : BASIC);
        return answer(
                problem(HttpStatus.UNAUTHORIZED, "A valid user name and password, or a token, are required."),
                failure,
                headers,
                request);
    }

    /** Asked for Basic, a browser would put its own window before the page that has sent the request. */
    private static boolean isOfAScript(WebRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader("X-Requested-With") != null || (mode != null && SCRIPT_MODES.contains(mode));
    }

    @ExceptionHandler
    ResponseEntity<Object> denied(AccessDeniedException failure, WebRequest request) {
        return answer(problem(HttpStatus.FORBIDDEN, failure.getMessage()), failure, new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(JacksonException failure, WebRequest request) {
        return answer(unreadable(failure), failure, new HttpHeaders(), request);
    }

    /** {@code %ff} in a query. */
    @ExceptionHandler
    ResponseEntity<Object> undecodable(InvalidParameterException failure, WebRequest request) {
        return answer(
                problem(HttpStatus.BAD_REQUEST, "The parameters cannot be decoded."),
                failure,
                new HttpHeaders(),
                request);
    }

    /** A path that is written in more than one way. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException failure, WebRequest request) {
        return answer(
                problem(HttpStatus.BAD_REQUEST, "The request is malformed."), failure, new HttpHeaders(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> anything(Exception failure, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return null;
        }
        ProblemDetail problem =
                SqlProblems.find(failure).orElseGet(() -> problem(HttpStatus.INTERNAL_SERVER_ERROR, null));
        HttpHeaders headers = new HttpHeaders();
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        } else if (problem.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            LOG.error("Failed: {}", request.getDescription(false), failure);
        }
        return answer(problem, failure, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = failure.getCause() instanceof JacksonException json
                ? unreadable(json)
                : problem(HttpStatus.BAD_REQUEST, "The request needs a JSON object as its body.");
        return handleExceptionInternal(failure, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (!(failure instanceof MethodArgumentTypeMismatchException)) {
            // A row that is not as we think.
            return anything(failure, request);
        }
        String name = Objects.requireNonNullElse(failure.getPropertyName(), "");
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, name + ": " + WRONG_TYPE);
        problem.setProperty("errors", List.of(new FieldError(name, WRONG_TYPE, null)));
        return handleExceptionInternal(failure, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        failure.getBody()
                .setProperty(
                        "errors",
                        failure.getBindingResult().getFieldErrors().stream()
                                .map(error -> new FieldError(error.getField(), message(error), null))
                                .toList());
        return super.handleMethodArgumentNotValid(failure, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        failure.getBody()
                .setProperty(
                        "errors",
                        failure.getParameterValidationResults().stream()
                                .flatMap(result -> result.getResolvableErrors().stream()
                                        .map(error -> new FieldError(
                                                Objects.requireNonNullElse(
                                                        result.getMethodParameter()
                                                                .getParameterName(),
                                                        ""),
                                                String.valueOf(error.getDefaultMessage()),
                                                null)))
                                .toList());
        return super.handleHandlerMethodValidationException(failure, headers, status, request);
    }

    private static String message(org.springframework.validation.FieldError error) {
        return error.isBindingFailure() ? WRONG_TYPE : String.valueOf(error.getDefaultMessage());
    }

    private static ProblemDetail unreadable(JacksonException failure) {
        String field = failure.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        if (field.isEmpty()) {
            return problem(HttpStatus.BAD_REQUEST, "The body is not valid JSON: " + failure.getOriginalMessage());
        }
        boolean unknown = failure instanceof UnrecognizedPropertyException;
        String message = unknown ? "There is no such property." : "The value is not of the property's type.";
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, field + ": " + message);
        problem.setProperty("errors", List.of(new FieldError(field, message, null)));
        return problem;
    }

    private ResponseEntity<Object> answer(
            ProblemDetail problem, Exception failure, HttpHeaders headers, WebRequest request) {
        return Objects.requireNonNull(handleExceptionInternal(
                failure, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request));
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail);
        return problem;
    }
}
