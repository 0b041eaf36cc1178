"""Addresses of typing in from paper, and of who helps at one meeting."""

from django.urls import path

from nenmong.meetings.views import paper

urlpatterns = [
    path("buoi/<uid:uid>/nhap-giay/", paper.page, name="paper"),
    path("buoi/<uid:uid>/nhap-giay/xem-lai/", paper.look, name="paper_look"),
    path("buoi/<uid:uid>/nhap-giay/xong/", paper.done, name="paper_done"),
    path("buoi/<uid:uid>/nhap-giay/mo/", paper.start, name="start_paper"),
    path("don-vi/<uid:unit_uid>/nhap-giay/", paper.plan, name="plan_paper"),
    path("don-vi/<uid:unit_uid>/nhap-buoi-cu/", paper.plan_own, name="plan_older"),
    path("buoi/<uid:uid>/nguoi-giup/", paper.helpers, name="helpers"),
    path("buoi/<uid:uid>/nguoi-giup/giao/", paper.give, name="give_right"),
    path("buoi/<uid:uid>/nguoi-giup/<uid:right_uid>/thoi/", paper.take_back, name="end_right"),
]
