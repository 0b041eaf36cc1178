"""Every route of the house."""

from django.urls import include, path
from django.views.i18n import set_language

from nenmong.config.api import api
from nenmong.config.status import status
from nenmong.core.converters import register

register()

urlpatterns = [
    path("", include("nenmong.home.urls")),
    path("", include("nenmong.meetings.urls")),
    path("", include("nenmong.opinions.urls")),
    path("", include("nenmong.directives.urls")),
    path("", include("nenmong.org.urls")),
    path("", include("nenmong.org.plan_urls")),
    path("", include("nenmong.org.import_urls")),
    path("", include("nenmong.rulebook.urls")),
    path("", include("nenmong.accounts.urls")),
    path("api/v1/", api.urls),
    path("trang-thai/", status, name="status"),
    path("ngon-ngu/", set_language, name="set_language"),
]

handler400 = "nenmong.ui.views.bad_request"
handler403 = "nenmong.ui.views.permission_denied"
handler404 = "nenmong.ui.views.page_not_found"
handler500 = "nenmong.ui.views.server_error"
