"""Routes of the tests: pages that fail on purpose, and a form that saves itself."""

from datetime import time
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.i18n import set_language

from nenmong.core.errors import BothEdited, DomainError, NotAllowed

handler400 = "nenmong.ui.views.bad_request"
handler403 = "nenmong.ui.views.permission_denied"
handler404 = "nenmong.ui.views.page_not_found"
handler500 = "nenmong.ui.views.server_error"


class WordsForm(forms.Form):
    words = forms.CharField(label="Kết luận", help_text="Một dòng là đủ.")


def raises(error):
    def view(request):
        raise error

    return view


GALLERY = Path(__file__).parent / "gallery.html"
AUTOSAVE = """
{% extends "ui/base.html" %}
{% import "ui/components.html" as ui %}
{% block title %}Mục 4{% endblock %}
{% block head %}{{ ui.head("Mục 4") }}{% endblock %}
{% block content %}
    <form method="post" action="{{ url("form") }}" data-autosave
          hx-post="{{ url("form") }}" hx-trigger="change, input delay:50ms" hx-swap="none">
        {{ csrf_input }}
        {{ ui.field(form.words, rows=3) }}
        {{ ui.save_state() }}
        {{ ui.button("Ghi", "second") }}
    </form>
    <a href="/on/">Sang mục 5</a>
{% endblock %}
"""


def form(request):
    """A page with one piece that saves itself, and one link on."""
    if request.method != "POST":
        page = engines["jinja2"].from_string(AUTOSAVE)
        return HttpResponse(page.render({"form": WordsForm()}, request))
    if request.POST["words"] == "refused":
        raise DomainError("x.refused", "Chưa có ngày họp. Nhập ngày họp trước.")
    kept.append(request.POST["words"])
    return HttpResponse(status=204)


def gallery(request):
    page = engines["jinja2"].from_string(GALLERY.read_text("utf-8"))
    return HttpResponse(page.render({"today_at": time(20, 14)}, request))


@login_required
def members_only(request):
    return HttpResponse("ok")


kept: list[str] = []
home = [
    path("viec/", members_only, name="my_work"),
    path("", lambda request: HttpResponse("home"), name="welcome"),
]
urlpatterns = [
    path("ngon-ngu/", set_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    path("refused/", raises(DomainError("x.refused", "Chưa có ngày họp. Nhập ngày họp trước."))),
    path("denied/", raises(NotAllowed("x.denied", "Việc này của bí thư."))),
    path("both/", raises(BothEdited(theirs="Bản kia", mine="Bản này"))),
    path("forbidden/", raises(PermissionDenied())),
    path("broken/", raises(RuntimeError("broken"))),
    path("members/", members_only),
    path("form/", form, name="form"),
    path("gallery/", gallery),
    path("on/", lambda request: HttpResponse("<title>on</title>")),
    path("", include((home, "home"))),
]
