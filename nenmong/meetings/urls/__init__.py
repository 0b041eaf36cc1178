"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import after, close, documents, hold, prepare, record

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *close.urlpatterns,
    *record.urlpatterns,
    *after.urlpatterns,
    *documents.urlpatterns,
]
