"""The cookie by which a page learns that its form was answered."""

import pytest
from django.http import HttpResponse

from nenmong.ui.middleware import AnsweredMiddleware

COOKIE = AnsweredMiddleware.COOKIE


def ask(rf, status=302, to="/don-vi/", *, path="/form/", method="post", going="1:/form/"):
    request = getattr(rf, method)(path)
    if going:
        request.COOKIES[COOKIE] = going
    headers = {"Location": to} if status == 302 else {}
    answer = AnsweredMiddleware(lambda _: HttpResponse(status=status, headers=headers))
    return COOKIE in answer(request).cookies


@pytest.mark.parametrize("status", [200, 302, 400, 409, 422])
def test_what_was_answered_is_told(rf, status):
    assert ask(rf, status)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_what_may_still_be_taken_later_is_sent_again(rf, status):
    assert not ask(rf, status)


def test_signing_in_is_no_answer(rf):
    assert not ask(rf, to="/dang-nhap/?next=/form/")
    assert not ask(rf, path="/dang-nhap/")


def test_others_pages_say_nothing(rf):
    assert not ask(rf, 200, method="get")
    assert not ask(rf, going="")
    assert not ask(rf, going="1:/other/")
