"""Routes of opinions. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.opinions.urls import attached, cell, desk, files, opinion

app_name = "opinions"
urlpatterns = [
    *opinion.urlpatterns,
    *desk.urlpatterns,
    *cell.urlpatterns,
    *files.urlpatterns,
    *attached.urlpatterns,
]
