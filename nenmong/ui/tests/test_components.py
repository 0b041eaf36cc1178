"""The components and the frame of every page. No test here may ask the database anything."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils.translation import gettext_lazy

from nenmong.ui import jinja

pytestmark = pytest.mark.urls("nenmong.ui.tests.urls")
FIRST_LOAD = 100 * 1024
REQUESTS = 8


class Elements(HTMLParser):
    """All elements of a page, with their attributes, and whatever is not closed."""

    VOID = frozenset({"meta", "link", "input", "rect", "path", "br"})

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), (tag, attrs)  # no attribute twice
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def named(self, *tags):
        return [attrs for tag, attrs in self.found if tag in tags]


def draw(source, **context):
    text = '{% import "ui/components.html" as ui %}' + source
    return engines["jinja2"].from_string(text).render(context)


@pytest.fixture
def gallery(client):
    return client.get("/gallery/").content.decode()


def test_every_component_is_well_formed_and_points_at_what_exists(gallery):
    page = Elements(gallery)
    assert page.open == []
    ids = [attrs["id"] for _tag, attrs in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for _tag, attrs in page.found:
            assert set(attrs.get(name, "").split()) <= set(ids)
    labelled = {attrs.get("for") for attrs in page.named("label")}
    for attrs in page.named("input", "textarea", "select"):
        alone = attrs.get("type") not in {"hidden", "radio", "checkbox"}
        assert not alone or attrs["id"] in labelled


def test_a_page_needs_no_inline_style_script_or_handler(gallery):
    page = Elements(gallery)
    assert page.named("style") == []
    for tag, attrs in page.found:
        assert "style" not in attrs, tag
        assert not [name for name in attrs if name.startswith(("on", "hx-on"))], tag
        assert tag != "script" or attrs["src"]


def test_one_title_one_main_button_and_a_way_past_the_bar(gallery):
    page = Elements(gallery)
    assert len(page.named("h1")) == 1
    filled = [a for a in page.named("a", "button") if "btn-primary" in a.get("class", "")]
    assert len([a for a in filled if "disabled" not in a]) == 1
    assert page.found[page.found.index(("body", page.named("body")[0])) + 1][1]["href"] == (
        "#noi-dung"
    )


def test_the_first_load_fits_a_village_network(client, gallery):
    page = Elements(gallery)
    addresses = [a["href"] for a in page.named("link") if a["rel"] == "stylesheet"]
    addresses += [a["src"] for a in page.named("script")]
    weight = len(gzip.compress(gallery.encode()))
    for address in addresses:
        file = finders.find(address.removeprefix("/static/"))
        assert file, address
        with open(file, "rb") as stream:
            weight += len(gzip.compress(stream.read()))
    assert len(addresses) + 1 <= REQUESTS
    assert weight <= FIRST_LOAD
    with open(finders.find("ui/nm.js"), "rb") as stream:
        assert len(gzip.compress(stream.read())) < 2 * 1024


@pytest.mark.parametrize("label", ["Kết luận <b>", gettext_lazy("Today")])
def test_a_field_says_what_is_wrong_where_it_is_wrong(label):
    text = draw(
        '{{ ui.field(name="kl", label=label, value="<x>", hint="Gợi ý", error=label, rows=2) }}',
        label=label,
    )
    (area,) = Elements(text).named("textarea")
    assert area["aria-invalid"] == "true"
    assert area["aria-describedby"] == "o-kl-loi o-kl-gy"
    assert "<b>" not in text
    assert "&lt;x&gt;" in text


def test_a_field_without_fault_claims_none():
    (box,) = Elements(draw('{{ ui.field(name="kl", label="Kết luận") }}')).named("input")
    assert not {"aria-invalid", "aria-describedby", "required"} & set(box)


def test_a_password_is_never_written_back():
    assert "bi-mat" not in draw(
        '{{ ui.field(name="p", label="P", value="bi-mat", type="password") }}'
    )


def test_words_typed_with_a_first_empty_line_keep_it():
    text = draw('{{ ui.field(name="kl", label="K", value="\\nhai", rows=2) }}')
    # A browser drops the first line break after the tag: two stand there so that one is left.
    assert ">\n\nhai</textarea>" in text


@pytest.mark.parametrize(
    ("value", "chosen"), [(0, ["0"]), ("1", ["1"]), ([0, 1], ["0", "1"]), ("", [])]
)
def test_what_was_chosen_is_shown_as_chosen(value, chosen):
    text = draw('{{ ui.choices("Chọn", "c", [(0, "Không"), (1, "Có")], value) }}', value=value)
    boxes = Elements(text).named("input")
    assert [box["value"] for box in boxes if "checked" in box] == chosen


def test_the_ruler_fills_its_width_and_says_in_words_what_it_shows():
    text = draw('{{ ui.ruler([30, 60], "Mục 2 trên 2", now=1, minimum=120) }}')
    (drawing,) = Elements(text).named("svg")
    assert drawing["aria-label"] == "Mục 2 trên 2"
    past, now = Elements(text).named("rect")
    assert (past["class"], now["class"]) == ("past", "now")
    assert float(now["x"]) + float(now["width"]) == pytest.approx(74.75)
    assert 'd="M100.00 0v20"' in text


def test_a_ruler_of_nothing_is_empty_not_a_fault():
    assert Elements(draw('{{ ui.ruler([], "Chưa có mục nào") }}')).named("rect") == []


def test_texts_and_addresses_reach_the_templates():
    assert draw("{{ _('Today') }}") == "Hôm nay"
    assert draw("{{ _('%(count)s of nothing', count='90') }}") == "90 of nothing"
    assert jinja.url("form") == "/form/"
    assert draw("{{ url('home:my_work') }} {{ static('ui/nm.js') }}") == "/viec/ /static/ui/nm.js"


def test_the_state_words_are_the_only_thing_nm_js_shows(gallery):
    save = next(a for a in Elements(gallery).named("p") if a.get("class") == "nm-save")
    assert save["role"] == "status"
    assert {"data-doing", "data-done", "data-late", "data-no"} <= set(save)
    with open(finders.find("ui/nm.js"), encoding="utf-8") as stream:
        code = re.sub(r"/\*.*?\*/|//.*", "", stream.read(), flags=re.DOTALL)
    assert not re.search(r"alert\(|confirm\(|prompt\(|console\.", code)
