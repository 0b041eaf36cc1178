"""Every component and error page, as axe sees it, by day and by night, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("nenmong.ui.tests.urls"),
    pytest.mark.django_db(transaction=True),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/gallery/", "/form/", "/both/", "/accounts/login/"])
def test_no_finding(live_server, page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + path)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [195, 390, 1280])
def test_the_page_never_scrolls_sideways_and_targets_fit_a_thumb(live_server, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(live_server.url + "/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            "button, select, textarea, input:not([type=hidden]), summary, .nm-step, .nm-nav a"
        )].filter((target) => {
            const box = (target.closest("label") ?? target).getBoundingClientRect();
            return box.height && box.height < 44;
        }).map((target) => target.outerHTML)"""
    )
    assert small == []
