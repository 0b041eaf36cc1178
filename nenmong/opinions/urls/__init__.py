"""Routes of opinions. Addresses are Vietnamese: people read them to each other on the phone."""

from nenmong.opinions.urls import agreed, cell

app_name = "opinions"
urlpatterns = [
    *cell.urlpatterns,
    *agreed.urlpatterns,
]
