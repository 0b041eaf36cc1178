"""Routes of documents. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.directives.urls import cell, drafting, sending

app_name = "directives"
urlpatterns = [
    *cell.urlpatterns,
    *drafting.urlpatterns,
    *sending.urlpatterns,
]
