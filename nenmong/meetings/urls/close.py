"""Addresses of ending a meeting and sealing its minutes."""

from django.urls import path

from nenmong.meetings.views import close

urlpatterns = [
    path("buoi/<uid:uid>/ket-thuc/", close.page, name="close"),
    path("buoi/<uid:uid>/ket-thuc/bieu-quyet/", close.vote, name="closing_vote"),
    path("buoi/<uid:uid>/ket-thuc/ky/", close.officers, name="officers"),
    path("buoi/<uid:uid>/ket-thuc/gio/", close.hours, name="hours"),
    path("buoi/<uid:uid>/ket-thuc/dong/", close.end, name="end"),
    path("buoi/<uid:uid>/ket-thuc/hop-tiep/", close.resume, name="resume"),
    path("buoi/<uid:uid>/truoc-khi-chot/", close.before_seal, name="before_seal"),
    path("buoi/<uid:uid>/chot/", close.seal, name="seal"),
]
