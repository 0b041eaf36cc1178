"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import after, chair, close, hold, notices, paper, prepare, record, tasks

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *notices.urlpatterns,
    *chair.urlpatterns,
    *close.urlpatterns,
    *paper.urlpatterns,
    *record.urlpatterns,
    *after.urlpatterns,
    *tasks.urlpatterns,
]
