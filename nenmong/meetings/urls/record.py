"""Addresses of what a meeting left."""

from django.urls import path

from nenmong.meetings.views import record

urlpatterns = [
    path("buoi/<uid:uid>/", record.detail, name="detail"),
    path("buoi/<uid:uid>/ho-so/", record.page, name="record"),
    path("buoi/<uid:uid>/so-lieu/", record.facts, name="facts"),
    path("buoi/<uid:uid>/so-ten/", record.names, name="names"),
    path("buoi/<uid:uid>/nop/", record.file, name="file"),
    path("buoi/<uid:uid>/bien-ban/<slug:edition>.docx", record.minutes, name="minutes_docx"),
    path("buoi/<uid:uid>/nghi-quyet.docx", record.resolution, name="resolution_docx"),
]
