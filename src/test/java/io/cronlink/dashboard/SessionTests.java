package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.cronlink.TestUsers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DashboardTest
class SessionTests {

    @LocalServerPort
    private int port;

    @Test
    void logsInAndOut() {
        try (Visitor visitor = Visitor.at(port)) {
            Page page = visitor.page();
            page.navigate("/runs?status=failed");
            page.getByLabel("User").fill("olga");
            page.getByLabel("Password").fill("wrong");
            visitor.button("Log in").click();
            assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
            visitor.requireAccessible();
            visitor.shot("login");

            page.getByLabel("Password").fill(TestUsers.PASSWORD);
            visitor.button("Log in").click();
            assertThat(page).hasURL("/runs?status=failed");
            page.getByText("Skip to content").press("Enter");
            assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
            visitor.button("olga operator ▾").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Log out"))
                    .click();

            assertThat(page.getByLabel("Password")).isVisible();
            page.reload();
            assertThat(page.getByLabel("Password")).isVisible();
        }
    }
}
