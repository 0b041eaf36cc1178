"""Routes of the rulebook."""

from django.urls import path

from nenmong.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("don-vi/<uid:uid>/quy-dinh/", views.rules_of, name="rules"),
    path("don-vi/<uid:uid>/quy-dinh/xem-truoc/", views.look, name="look"),
    path("don-vi/<uid:uid>/quy-dinh/dat/", views.put, name="set"),
    path("quy-dinh/<uid:uid>/thoi/", views.end, name="end"),
    path("lich-lam-viec/", views.calendar, name="calendar"),
    path("lich-lam-viec/dat/", views.set_day, name="set_day"),
]
