"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import (
    after,
    chair,
    close,
    documents,
    hold,
    joint,
    notices,
    overview,
    paper,
    prepare,
    putting_off,
    record,
    tasks,
    word,
    yearly,
)

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
    *documents.urlpatterns,
    *tasks.urlpatterns,
    *putting_off.urlpatterns,
    *yearly.urlpatterns,
    *joint.urlpatterns,
    *word.urlpatterns,
    *overview.urlpatterns,
]
