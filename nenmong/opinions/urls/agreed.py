"""Stands in until the pages of an opinion, a desk and a list land, at the addresses agreed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_required
def coming(_request: HttpRequest, **_named: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("y-kien/<uid:uid>/", coming, name="opinion"),
    path("don-vi/<uid:unit_uid>/ban-y-kien/", coming, name="inbox"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien/", coming, name="list"),
]
