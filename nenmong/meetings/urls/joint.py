"""Addresses of a thematic meeting that several cells sit in together."""

from django.urls import path

from nenmong.meetings.views import joint

urlpatterns = [
    path("buoi/<uid:uid>/cung-hop/", joint.page, name="joint"),
    path("buoi/<uid:uid>/cung-hop/moi/", joint.ask, name="ask_to_join"),
    path("buoi/<uid:uid>/cung-hop/thoi/", joint.leave, name="leave_joint"),
    path("buoi/<uid:uid>/cung-hop/lay-chung/", joint.take_common, name="take_common"),
    path("loi-moi/<uid:uid>/nhan/", joint.accept, name="accept_joint"),
    path("loi-moi/<uid:uid>/tu-choi/", joint.decline, name="decline_joint"),
    path("loi-moi/<uid:uid>/rut/", joint.withdraw, name="withdraw_joint"),
]
