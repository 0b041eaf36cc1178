"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import close, hold, prepare, record, word

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *close.urlpatterns,
    *record.urlpatterns,
    *word.urlpatterns,
]
