"""Routes of plans that reorganise units."""

from django.urls import path

from nenmong.org.views import plans

app_name = "plans"
urlpatterns = [
    path("don-vi/<uid:uid>/sap-xep/", plans.draft, name="draft"),
    path("don-vi/<uid:uid>/sap-xep/lap/", plans.found, name="found"),
    path("don-vi/<uid:uid>/sap-xep/xem-truoc/", plans.look, name="look"),
    path("don-vi/<uid:uid>/sap-xep/thuc-hien/", plans.apply, name="apply"),
    path("don-vi/<uid:uid>/sap-xep/<uid:plan_uid>/rut-lai/", plans.undo, name="undo"),
]
