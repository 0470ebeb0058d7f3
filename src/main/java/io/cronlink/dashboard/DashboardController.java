package io.cronlink.dashboard;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The dashboard's addresses, so that each of its screens can be bookmarked: see {@code static/dashboard/screens.js}. */
@Controller
class DashboardController {

    private final DashboardPage page;

    DashboardController(DashboardPage page) {
        this.page = page;
    }

    @GetMapping(
            path = {"/", "/jobs/**", "/runs/**", "/forecast", "/settings/**", "/login"},
            produces = MediaType.TEXT_HTML_VALUE)
    @ResponseBody
    String page() {
        return page.html();
    }
}
