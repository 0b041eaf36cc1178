"""Addresses of documents on their way: the library, sending, coverage, working regulations."""

from django.urls import path

from nenmong.directives.views import coverage, document, library, regulations, sending

urlpatterns = [
    path("van-ban/", library.listed, name="library"),
    path("van-ban/danh-sach.xlsx", library.workbook, name="library_xlsx"),
    path("van-ban/<uid:uid>/", document.document, name="document"),
    path("van-ban/<uid:uid>/thu-hoi/", document.withdraw, name="withdraw"),
    path("van-ban/<uid:uid>/gia-han/", document.prolong, name="prolong"),
    path("van-ban/<uid:uid>/ra-soat/", document.review, name="review"),
    path("van-ban/<uid:uid>/noi-da-thao-luan/", coverage.coverage, name="coverage"),
    path("van-ban/<uid:uid>/noi-da-thao-luan.xlsx", coverage.workbook, name="coverage_xlsx"),
    path("don-vi/<uid:unit_uid>/van-ban/<uid:uid>/gui/", sending.send, name="send"),
    path("don-vi/<uid:unit_uid>/van-ban/<uid:uid>/nhac/", document.remind, name="remind"),
    path("don-vi/<uid:unit_uid>/quy-che/", regulations.regulations, name="regulations"),
]
