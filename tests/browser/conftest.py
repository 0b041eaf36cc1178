"""People at their phones and desks: signing in, what they load, what axe says of each page."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PASSWORD = "mat-khau-thu"  # noqa: S105 -- of made-up people in a throw-away database


UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-settling"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Person:
    """Someone signed in on a device of their own."""

    def __init__(self, context, address, user=None):
        self.page = context.new_page()
        self.address = address
        self.loads = []
        self.faults = []
        # Playwright marks the function it is given, and a list's own method takes no mark.
        self.page.on("response", lambda answer: self.loads.append(answer))  # noqa: PLW0108
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda message: message.type == "error" and self.faults.append(message.text),
        )
        if user is not None:
            self.sign_in(user)

    def sign_in(self, user):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        self.open("/dang-nhap/")
        self.page.fill("[name=login]", user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main form[action='/dang-nhap/'] button[type=submit]")
        expect(self.page).to_have_url(f"{self.address}/viec-cua-toi/")

    def open(self, path):
        self.loads.clear()
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("load")

    def press(self, selector):
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")

    def send(self, selector):
        """Press what changes a piece of this page, and wait for the answer."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")
        # htmx makes a new piece work some 20 ms after it is seen; no finger is that quick.
        expect(self.page.locator(UNSETTLED)).to_have_count(0)
        return sent.value

    def write(self, field, text):
        """Type into a text that saves itself, and wait until it says in words that it has."""
        with self.page.expect_response(lambda answer: "/ghi/" in answer.url) as sent:
            self.page.fill(f"#o-{field}", text)
        self.page.wait_for_load_state("load")
        return sent.value

    def until(self, true, what="it"):
        """Wait until `true()`; for what no page shows."""
        for _ in range(400):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"waited in vain for {what}")

    def offline(self, cut=True):
        """Pull the plug of this person's phone, or put it in again."""
        self.page.context.set_offline(cut)

    def waiting(self):
        """What the phone keeps that has not been sent yet."""
        return self.page.evaluate("JSON.parse(sessionStorage['nm-waits'] || '{}').queue || []")

    def well_made(self):
        """Nothing for axe to find and nothing wider than the screen, on a phone and at a desk."""
        assert self.faults == []
        own = self.page.viewport_size
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            findings = Axe().run(self.page).response["violations"]
            assert findings == [], [
                (finding["id"], [node["html"] for node in finding["nodes"]]) for finding in findings
            ]
            wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{self.page.url} is {wide} px wider than {size['width']}"
        self.page.set_viewport_size(own)

    def weight(self, *, again=False):
        """Return (bytes gzipped, requests) of the page opened last.

        `again`: the static files are on the phone already, their names change with their content.
        """
        loads = [load for load in self.loads if not (again and "/static/" in load.url)]
        bodies = [load.body() for load in loads if load.status == 200]
        return sum(len(gzip.compress(body)) for body in bodies), len(loads)


@pytest.fixture
def person(live_server, browser, browser_context_args):
    """Make a person: `person(user)` on a phone, `person(user, wide=True)` at a desk."""
    contexts = []

    def make(user=None, *, wide=False, scripts=True):
        size = DESK if wide else PHONE
        options = {**browser_context_args, "viewport": size, "java_script_enabled": scripts}
        contexts.append(browser.new_context(**options))
        return Person(contexts[-1], live_server.url, user)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def on_day(settings):
    """Move to a day, for the test and for the pages it opens: `on_day(date(2026, 9, 3))`."""

    def move(day):
        settings.TODAY = day

    return move
