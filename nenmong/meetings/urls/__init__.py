"""Routes of meetings. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.meetings.urls import close, hold, joint, prepare, putting_off, record, yearly

app_name = "meetings"
urlpatterns = [
    *prepare.urlpatterns,
    *hold.urlpatterns,
    *close.urlpatterns,
    *record.urlpatterns,
    *putting_off.urlpatterns,
    *yearly.urlpatterns,
    *joint.urlpatterns,
]
