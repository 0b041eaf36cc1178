"""Addresses of putting a meeting off, cancelling it and holding it after all."""

from django.urls import path

from nenmong.meetings.views import putting_off

urlpatterns = [
    path("buoi/<uid:uid>/hoan/", putting_off.page, name="put_off"),
    path("buoi/<uid:uid>/hoan/doi-ngay/", putting_off.postpone, name="postpone"),
    path("buoi/<uid:uid>/hoan/huy/", putting_off.cancel, name="cancel"),
    path("buoi/<uid:uid>/hoan/hop-lai/", putting_off.reinstate, name="reinstate"),
]
