"""Addresses of what a cell's people use."""

from django.urls import path

from nenmong.opinions.views import cell

urlpatterns = [
    path("don-vi/<uid:unit_uid>/y-kien/", cell.of_cell, name="of_cell"),
    path("don-vi/<uid:unit_uid>/y-kien/neu/", cell.raise_, name="raise"),
    path("don-vi/<uid:unit_uid>/y-kien/da-tra-loi/", cell.answered_before, name="answered_before"),
    path("y-kien/<uid:uid>/chi-bo-quyet/", cell.decide, name="decide"),
    path("y-kien/<uid:uid>/nguoi-neu/", cell.names, name="names"),
]
