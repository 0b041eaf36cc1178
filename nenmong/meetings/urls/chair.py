"""Addresses of the chair's pages, and of what is noted of ballots, dues and a draft."""

from django.urls import path

from nenmong.meetings.views import chair

urlpatterns = [
    path("buoi/<uid:uid>/chu-tri/", chair.page, name="chair"),
    path("muc/<uid:uid>/chu-tri/", chair.item, name="chair_item"),
    path("muc/<uid:uid>/chu-tri/tiep/", chair.onward, name="chair_onward"),
    path("muc/<uid:uid>/dang-o-dau/<slug:place>/", chair.pulse, name="pulse"),
    path("muc/<uid:uid>/bo-phieu/", chair.ballot, name="ballot"),
    path("muc/<uid:uid>/dang-phi/", chair.dues, name="dues"),
    path("buoi/<uid:uid>/ket-thuc/lay-du-thao/", chair.take_draft, name="take_draft"),
]
