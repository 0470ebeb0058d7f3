package io.cronlink.jobfile;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A file is none of jobs, or says what cannot be. */
class BadJobFile extends ErrorResponseException {

    private final List<Fault> faults;

    BadJobFile(List<Fault> faults) {
        super(HttpStatus.BAD_REQUEST, problem(faults), null);
        this.faults = List.copyOf(faults);
    }

    List<Fault> faults() {
        return faults;
    }

    private static ProblemDetail problem(List<Fault> faults) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, faults.get(0).sentence());
        problem.setProperty("errors", faults);
        return problem;
    }
}
