"""What is typed is kept, said in words, and not let go of while it is not."""

import pytest
from playwright.sync_api import expect

from nenmong.ui.tests import urls

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("nenmong.ui.tests.urls"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def form(live_server, page):
    urls.kept.clear()
    page.set_default_timeout(5000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{live_server.url}/form/")
    yield page
    assert errors == []


def write(page, words):
    page.get_by_label("Kết luận").fill(words)


def test_it_says_when_it_is_saved(form):
    write(form, "Tháo dỡ xong trước 15/9")
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")
    assert urls.kept[-1] == "Tháo dỡ xong trước 15/9"


def test_without_a_network_words_stay_and_go_when_it_is_back(form):
    form.context.set_offline(True)
    write(form, "Chi đoàn giúp hai hộ")
    expect(form.get_by_role("status")).to_contain_text("Chữ đồng chí gõ vẫn còn ở đây")
    assert urls.kept == []
    form.context.set_offline(False)
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")
    assert urls.kept == ["Chi đoàn giúp hai hộ"]


def test_a_server_that_stops_for_a_moment_is_asked_again(form):
    form.clock.install()
    form.route("**/form/", lambda route: route.fulfill(status=503, body="proxy"), times=1)
    write(form, "Đề nghị công khai mức hỗ trợ")
    form.clock.run_for(1000)
    expect(form.get_by_role("status")).to_contain_text("sẽ tự gửi lại")
    form.clock.run_for(11_000)
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")
    assert urls.kept == ["Đề nghị công khai mức hỗ trợ"]


def test_what_is_refused_says_why_beside_the_form_and_only_once(form):
    write(form, "refused")
    expect(form.get_by_role("alert")).to_have_text("Chưa có ngày họp. Nhập ngày họp trước.")
    expect(form.get_by_label("Kết luận")).to_have_value("refused")
    expect(form.get_by_role("status")).to_contain_text("Chưa lưu")
    form.get_by_label("Kết luận").press("Tab")  # sends again: one notice, not two
    expect(form.get_by_role("alert")).to_have_count(1)
    write(form, "Ngày họp 03/7")
    expect(form.get_by_role("alert")).to_have_count(0)
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")


def test_a_step_on_waits_for_the_words(form):
    form.get_by_label("Kết luận").press_sequentially("Hoàn thành trước 15/9")
    form.get_by_role("link", name="Sang mục 5").click()
    form.wait_for_url("**/on/")
    assert urls.kept[-1] == "Hoàn thành trước 15/9"


def test_a_step_on_stays_when_the_words_cannot_go(form):
    write(form, "Nên làm sau rằm")
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")
    form.context.set_offline(True)
    write(form, "Nên làm sau rằm tháng 7")
    form.get_by_role("link", name="Sang mục 5").click()
    expect(form.get_by_role("status")).to_contain_text("Chưa gửi được")
    expect(form.get_by_label("Kết luận")).to_have_value("Nên làm sau rằm tháng 7")


def test_the_browser_warns_only_while_something_is_unsent(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.get_by_label("Kết luận").press_sequentially("Đã gửi")
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")
    form.reload()
    assert asked == []
    form.route("**/form/", lambda route: route.abort(), times=1)
    # A browser asks only one who has touched the page.
    form.get_by_label("Kết luận").press_sequentially("X")
    expect(form.get_by_role("status")).to_contain_text("Chưa gửi được")
    form.reload()
    assert asked == ["beforeunload"]


def test_a_piece_that_is_replaced_by_its_answer_is_said_to_be_saved(form):
    form.evaluate("""() => {
        const piece = document.querySelector("form");
        const line = piece.querySelector(".nm-save");
        piece.setAttribute("hx-swap", "outerHTML");
        piece.after(line);
    }""")
    form.route("**/form/", lambda route: route.fulfill(body="<p>mới</p>"), times=1)
    write(form, "Có mặt")
    expect(form.get_by_text("mới")).to_be_visible()
    expect(form.get_by_role("status")).to_contain_text("Đã lưu lúc")


def test_an_answer_older_than_the_words_does_not_take_their_place(form):
    form.evaluate("document.querySelector('form').setAttribute('hx-swap', 'outerHTML')")
    late = []

    def keep(route):
        late.append(route)

    form.route("**/form/", keep, times=1)
    box = form.get_by_label("Kết luận")
    box.press_sequentially("Ngõ 8 ")
    form.wait_for_timeout(200)
    box.press_sequentially("và ngõ 12")
    late[0].fulfill(status=200, body="<p>thay thế</p>")
    form.wait_for_timeout(100)
    expect(box).to_have_value("Ngõ 8 và ngõ 12")


def test_without_scripts_the_form_is_a_form(live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    urls.kept.clear()
    page.goto(f"{live_server.url}/form/")
    write(page, "Giấy cũng được")
    page.get_by_role("button", name="Ghi").click()
    assert urls.kept == ["Giấy cũng được"]
    context.close()
