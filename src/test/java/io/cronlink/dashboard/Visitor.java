package io.cronlink.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.cronlink.TestUsers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a browser, which is the machine's own Chromium. When he leaves, nothing may have gone wrong in it: no error, nothing
 * that the page's policy forbids, no answer of the service's that is its own fault.
 */
final class Visitor implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    /** As long as a busy machine needs. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 900;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private static @Nullable Browser browser;

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    private Visitor(int port, Browser.NewContextOptions options) {
        context = chromium()
                .newContext(options.setBaseURL("http://localhost:" + port)
                        .setTimezoneId("Europe/Berlin")
                        .setLocale("en-GB"));
        page = context.newPage();
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            // A refusal that is expected is a line of the console, too; those that are not are seen below.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                faults.add(message.text());
            }
        });
        page.onRequestFailed(request -> {
            // What is no longer wanted is given up.
            if (!"net::ERR_ABORTED".equals(request.failure())) {
                faults.add(request.failure() + " " + request.url());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 500
                    || (response.status() == 404 && !response.url().contains("/api/"))) {
                faults.add(response.status() + " " + response.url());
            }
        });
    }

    /** At a desk. */
    static Visitor at(int port) {
        return new Visitor(port, new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT));
    }

    static Visitor inTheDark(int port) {
        return new Visitor(
                port,
                new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT).setColorScheme(ColorScheme.DARK));
    }

    static Visitor onThePhone(int port) {
        return new Visitor(
                port,
                new Browser.NewContextOptions()
                        .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT)
                        .setHasTouch(true));
    }

    private static synchronized Browser chromium() {
        if (browser == null) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(installed())
                            .setArgs(ARGUMENTS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }

    private static Path installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the tests of the dashboard need Chromium: apt-get install chromium"));
    }

    /** Opens an address of the dashboard, and logs in as one of {@link TestUsers}: admin, olga the operator, rita the reader. */
    Page open(String address, String user) {
        page.navigate(address);
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(TestUsers.PASSWORD);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Log in").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Screens")))
                .isVisible();
        return page;
    }

    Page page() {
        return page;
    }

    /** Keeps what is to be seen, as {@code target/screenshots/NAME.png}. */
    void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Keeps what is to be seen without scrolling, likewise. */
    void window(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** Nothing serious for somebody who cannot see, or use a mouse. */
    void requireAccessible() {
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations.stream()
                        .filter(violation -> GRAVE.contains(violation.getImpact()))
                        .map(violation -> violation.getId() + ": "
                                + Arrays.toString(violation.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toArray())))
                .isEmpty();
    }

    /** Not wider than the window, once all is there: what is, scrolls within itself. */
    void requireFitting() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.evaluate("""
                        document.documentElement.scrollWidth === document.documentElement.clientWidth ? ''
                            : [...document.querySelectorAll('main *')]
                                .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
                                .map(one => one.outerHTML.slice(0, 100)).slice(0, 5).join(' ')
                        """)).isEqualTo(""));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Override
    public void close() {
        context.close();
        assertThat(faults).isEmpty();
    }
}
