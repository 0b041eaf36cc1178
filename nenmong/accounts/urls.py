"""Signing in and out: only these of allauth's pages exist, under the names it looks for itself."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path
from django.views.decorators.cache import never_cache

from nenmong.accounts.views import tie_phone, untie_phone

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("xac-nhan-lai/", views.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", views.password_change, name="account_change_password"),
    path("dat-mat-khau/", views.password_set, name="account_set_password"),
    path("tai-khoan-tam-dung/", views.account_inactive, name="account_inactive"),
    path("dang-nhap/ma-xac-thuc/", never_cache(mfa.authenticate), name="mfa_authenticate"),
    path("xac-nhan-lai/ma-xac-thuc/", never_cache(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bao-mat/", never_cache(mfa.index), name="mfa_index"),
    path("bao-mat/dien-thoai/", never_cache(tie_phone), name="mfa_activate_totp"),
    path("bao-mat/dien-thoai/bo/", never_cache(untie_phone), name="mfa_deactivate_totp"),
    path(
        "bao-mat/ma-du-phong/", never_cache(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "bao-mat/ma-du-phong/moi/", never_cache(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]  # fmt: skip
