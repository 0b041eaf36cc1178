"""Stands in for pages of other branches, at the addresses agreed on; goes when they land."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def coming(_request: HttpRequest, **_named: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("y-kien/<uid:uid>/phieu-chuyen.docx", coming, name="slip"),
    path("tra-loi/<uid:uid>/thu.docx", coming, name="letter"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien.docx", coming, name="list_docx"),
    path("don-vi/<uid:unit_uid>/danh-sach-y-kien.xlsx", coming, name="list_xlsx"),
]
