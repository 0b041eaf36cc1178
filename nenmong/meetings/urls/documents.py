"""Addresses of a meeting's documents, signed scans, and the package of all of it."""

from django.urls import path

from nenmong.meetings.views import documents

urlpatterns = [
    path("buoi/<uid:uid>/tai-lieu/", documents.page, name="documents"),
    path("buoi/<uid:uid>/tai-lieu/them/", documents.add, name="add_documents"),
    path("buoi/<uid:uid>/ban-ky/", documents.attach, name="attach_scans"),
    path("tai-lieu/<uid:uid>/", documents.file, name="document"),
    path("tai-lieu/<uid:uid>/bo/", documents.remove, name="remove_document"),
    path("tai-lieu/<uid:uid>/go/", documents.take_off, name="take_off_document"),
    path("buoi/<uid:uid>/goi/<slug:edition>.zip", documents.package, name="package"),
]
