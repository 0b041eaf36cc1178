"""Addresses of telling a meeting and answering."""

from django.urls import path

from nenmong.meetings.views import answers, notices

urlpatterns = [
    path("buoi/<uid:uid>/bao-hop/", notices.page, name="notice"),
    path("buoi/<uid:uid>/bao-hop/to-in/", notices.sheet, name="notice_sheet"),
    path("buoi/<uid:uid>/bao-hop/lay-so/", notices.number, name="number_notice"),
    path("buoi/<uid:uid>/bao-hop/da-bao/", notices.record, name="record_notice"),
    path("buoi/<uid:uid>/bao-hop/gui-thu/", notices.mail, name="mail_notices"),
    path("buoi/<uid:uid>/bao-hop/tra-loi/", answers.note, name="note_answer"),
    path("buoi/<uid:uid>/lich-hop.ics", notices.calendar, name="calendar"),
    path("buoi/<uid:uid>/tra-loi/", answers.own, name="answer"),
    path("tra-loi/<str:token>/", answers.by_link, name="answer_link"),
]
