"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import chair, close, hold, prepare, record

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *chair.urlpatterns,
    *close.urlpatterns,
    *record.urlpatterns,
]
