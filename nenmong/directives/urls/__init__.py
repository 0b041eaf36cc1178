"""Routes of documents. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.directives.urls import drafting, sending

app_name = "directives"
urlpatterns = [
    *drafting.urlpatterns,
    *sending.urlpatterns,
]
