"""Addresses of a cell's documents, and of one to be read."""

from django.urls import path

from nenmong.directives.views import cell

urlpatterns = [
    path("don-vi/<uid:unit_uid>/van-ban/", cell.of_cell, name="of_cell"),
    path("van-ban/<uid:uid>/doc/", cell.read, name="read"),
    path("van-ban/da-nhan/<uid:uid>/bao-cao/", cell.report, name="report"),
]
