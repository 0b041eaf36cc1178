"""Addresses of the files of opinions."""

from django.urls import path

from nenmong.opinions.views import attached

urlpatterns = [
    path("y-kien/<uid:uid>/tep/", attached.attach, name="attach_file"),
    path("tep-y-kien/<uid:uid>/", attached.file, name="file"),
    path("tep-y-kien/<uid:uid>/go/", attached.remove, name="remove_file"),
]
