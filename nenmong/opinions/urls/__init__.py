"""Routes of opinions. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.opinions.urls import agreed, desk, opinion

app_name = "opinions"
urlpatterns = [
    *opinion.urlpatterns,
    *desk.urlpatterns,
    *agreed.urlpatterns,
]
