"""Addresses of what goes on after the seal, and of numbers."""

from django.urls import path

from nenmong.meetings.views import after

urlpatterns = [
    path("buoi/<uid:uid>/dinh-chinh/", after.write_note, name="write_note"),
    path("don-vi/<uid:unit_uid>/so-van-ban/", after.numbers, name="numbers"),
]
