"""Addresses of looking over meetings, of planning any kind of one, and of the private calendar."""

from django.urls import path

from nenmong.meetings.views import feed, overview, planning

urlpatterns = [
    path("don-vi/<uid:unit_uid>/cac-buoi/", overview.meetings, name="meetings"),
    path("don-vi/<uid:unit_uid>/cac-buoi.xlsx", overview.meetings_xlsx, name="meetings_xlsx"),
    path("don-vi/<uid:unit_uid>/lich/", overview.month, name="month"),
    path("don-vi/<uid:unit_uid>/lap-buoi/", planning.page, name="plan_any"),
    path("lich-cua-toi/", feed.page, name="feed"),
    path("lich-cua-toi/lay-dia-chi/", feed.make, name="make_feed"),
    path("lich-cua-toi/thoi/", feed.revoke, name="revoke_feed"),
    path("lich/<slug:token>.ics", feed.read, name="feed_ics"),
]
