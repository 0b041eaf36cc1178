"""Routes of the pages that gather from all below."""

from django.urls import path

from nenmong.home import views

app_name = "home"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("viec-cua-toi/", views.my_work, name="my_work"),
    path("don-vi/<uid:uid>/", views.unit, name="unit"),
    path("don-vi/<uid:uid>/tung-thang/", views.months, name="months"),
    path("don-vi/<uid:uid>/buoi-toi/", views.next_meeting, name="next_meeting"),
    path("tim/", views.search, name="search"),
]
