"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import close, hold, overview, prepare, record

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *close.urlpatterns,
    *record.urlpatterns,
    *overview.urlpatterns,
]
