"""Signing in and out: only these of allauth's pages exist, under the names it looks for itself."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("xac-nhan-lai/", views.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", views.password_change, name="account_change_password"),
    path("tai-khoan-tam-dung/", views.account_inactive, name="account_inactive"),
]
