"""Addresses of the plan of a year."""

from django.urls import path

from nenmong.meetings.views import yearly

PLAN = "don-vi/<uid:unit_uid>/ke-hoach-nam/<int:year>/"

urlpatterns = [
    path(PLAN, yearly.page, name="year_plan"),
    path(f"{PLAN}them/", yearly.add, name="plan_topic"),
    path(f"{PLAN}loi-chung/", yearly.note, name="note_year_plan"),
    path(f"{PLAN}lay-so/", yearly.number, name="number_year_plan"),
    path(f"{PLAN}bao-cao/", yearly.report, name="report_year_plan"),
    path(f"{PLAN}cap-duoi/", yearly.below, name="year_plans_below"),
    path(f"{PLAN}cap-duoi/ke-hoach-nam.xlsx", yearly.below_xlsx, name="year_plans_xlsx"),
    path("chuyen-de/<uid:uid>/sua/", yearly.change, name="change_topic"),
    path("chuyen-de/<uid:uid>/bo/", yearly.drop, name="drop_topic"),
]
